// Every error a client can see: one class, one table of code, HTTP status and default message.
// Thrown by code; turned into bytes only by the two render-error files. docs/errors.md explains each code.
// Sources: data-plane specification section 5, control-plane specification section 1.8.

interface ErrorRow {
  readonly status: number;
  readonly message: string;
}

export const ERROR_TABLE = {
  'Forbidden.AliasNotFound': { status: 404, message: 'The specified Alias is not found.' },
  'Forbidden.DKMSInstanceNotFound': { status: 403, message: 'The specified DKMS Instance is not found.' },
  'Forbidden.KeyNotFound': { status: 404, message: 'The specified Key is not found.' },
  'Forbidden.KeyVersionNotFound': { status: 404, message: 'The specified key version is not found.' },
  'Forbidden.NoPermission': { status: 403, message: 'This operation is forbidden by permission system.' },
  'Forbidden.OnlySymmetricKeySupported': {
    status: 404,
    message: 'The key is not a symmetric key. The API only supports symmetric keys.',
  },
  'Forbidden.Opened': { status: 400, message: 'The service has been opened already.' },
  'Forbidden.ResourceNotFound': { status: 404, message: 'Resource not found.' },
  AccessDeniedError: { status: 403, message: 'Dry run: the caller is not allowed to do this.' },
  AliasAlreadyExists: { status: 400, message: 'The specified Alias already exists.' },
  DryRunOperationError: { status: 400, message: 'Dry run: the request would have succeeded.' },
  ExpiredImportToken: { status: 400, message: 'The import token has expired.' },
  IncompleteSignature: {
    status: 400,
    message: 'The request signature does not conform to Aliyun standards.',
  },
  InternalFailure: { status: 500, message: 'Internal Failure.' },
  'InvalidAccessKeyId.Inactive': { status: 403, message: 'Specified access key is disabled.' },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'InvalidAction.NotFound': {
    status: 404,
    message: 'Specified api is not found, please check your url and method.',
  },
  InvalidApiName: { status: 400, message: 'The ApiName is invalid.' },
  InvalidApiVersion: { status: 400, message: 'The ApiVersion is invalid.' },
  InvalidContentType: { status: 415, message: 'Content-Type is unsupported.' },
  InvalidImportToken: { status: 400, message: 'The import token is not valid for this key.' },
  InvalidKeyMaterial: { status: 400, message: 'The key material is not valid for this key.' },
  InvalidParam: { status: 400, message: 'The Param is invalid.' },
  InvalidParameter: { status: 400, message: 'The specified parameter is not valid.' },
  'InvalidTimeStamp.Expired': {
    status: 400,
    message: 'Specified time stamp or date value is expired.',
  },
  'InvalidTimeStamp.Format': {
    status: 400,
    message: 'Specified time stamp or date value is not well formatted.',
  },
  InvalidVersion: { status: 400, message: 'Specified parameter Version is not valid.' },
  MissingParameter: { status: 400, message: 'A required parameter is missing.' },
  ParseRequestParameterException: {
    status: 400,
    message: 'The request parameters could not be decoded.',
  },
  'Rejected.Disabled': {
    status: 409,
    message: 'The request was rejected because the key state is Disabled.',
  },
  'Rejected.LimitExceeded': {
    status: 400,
    message: 'The request was rejected because a quota was exceeded.',
  },
  'Rejected.PendingDeletion': {
    status: 409,
    message: 'The request was rejected because the key state is PendingDeletion.',
  },
  'Rejected.PendingImport': {
    status: 409,
    message: 'The request was rejected because the key state is PendingImport.',
  },
  'Rejected.ResourceExist': { status: 409, message: 'A resource of that name already exists.' },
  'Rejected.ResourceInUse': {
    status: 409,
    message: 'The resource is in use and cannot be deleted.',
  },
  'Rejected.StateModifiedFailed': {
    status: 409,
    message: 'The key state does not allow this transition.',
  },
  'Rejected.Throttling': { status: 429, message: 'QPS Limit Exceeded' },
  'Rejected.UnsupportedOperation': {
    status: 400,
    message: 'The operation is not supported for this kind of key.',
  },
  RequestBodyTooLarge: { status: 413, message: 'Request body is too large.' },
  RequestHeaderTooLarge: { status: 431, message: 'Request header is too large.' },
  RequestTimeout: { status: 408, message: 'The request was not received in time.' },
  RequestTimeTooSkewed: {
    status: 400,
    message: 'Request time exceeds server time more than 15 minutes.',
  },
  ServiceUnavailableTemporary: { status: 503, message: 'Service Unavailable Temporary.' },
  SignatureDoesNotMatch: {
    status: 400,
    message: 'Specified signature is not matched with our calculation.',
  },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  SignatureNotMatch: { status: 401, message: 'Signature is not matched.' },
  Throttling: { status: 400, message: 'Request was denied due to request throttling.' },
  Unauthorized: { status: 404, message: 'The AccessKey ID does not exist in our records.' },
  'Unsupported.Alias': { status: 400, message: 'An alias cannot be used here.' },
  'Unsupported.Origin': {
    status: 400,
    message: 'The operation is not supported for keys of this origin.',
  },
  UnsupportedHTTPMethod: { status: 403, message: 'The HTTP method is not supported.' },
  UnsupportedOperation: { status: 400, message: 'Rejected.UnsupportedOperation' },
  ValidationError: { status: 400, message: 'Dry run: the request would have been refused.' },
  'Duplicate.TagKey': { status: 400, message: 'The specified TagKey is given more than once.' },
  'InvalidParameter.TagKey': { status: 400, message: 'The specified TagKey is not valid.' },
  'InvalidParameter.TagValue': { status: 400, message: 'The specified TagValue is not valid.' },
  'InvalidResourceId.NotFound': { status: 404, message: 'The specified ResourceId is not found.' },
  // RAM API 2015-05-01
  'DeleteConflict.Policy.User': { status: 409, message: 'The policy is attached to a user.' },
  'DeleteConflict.User.AccessKey': { status: 409, message: 'The user still has an AccessKey.' },
  'DeleteConflict.User.Policy': { status: 409, message: 'The user still has a policy attached.' },
  'EntityAlreadyExists.Policy': { status: 409, message: 'A policy of that name already exists.' },
  'EntityAlreadyExists.User': { status: 409, message: 'A user of that name already exists.' },
  'EntityAlreadyExists.User.Policy': { status: 409, message: 'The policy is already attached to the user.' },
  'EntityNotExist.Policy': { status: 404, message: 'The policy does not exist.' },
  'EntityNotExist.User': { status: 404, message: 'The user does not exist.' },
  'EntityNotExist.User.AccessKey': { status: 404, message: 'The AccessKey does not exist.' },
  'EntityNotExist.User.Policy': { status: 404, message: 'The policy is not attached to the user.' },
  'InvalidParameter.Comments.Length': { status: 400, message: 'The parameter Comments is too long.' },
  'InvalidParameter.Description.Length': { status: 400, message: 'The parameter Description is too long.' },
  'InvalidParameter.DisplayName.InvalidChars': {
    status: 400,
    message: 'The parameter DisplayName contains invalid characters.',
  },
  'InvalidParameter.DisplayName.Length': { status: 400, message: 'The parameter DisplayName is too long.' },
  'InvalidParameter.Email.Format': {
    status: 400,
    message: 'The format of the parameter Email is incorrect.',
  },
  'InvalidParameter.MobilePhone.Format': {
    status: 400,
    message: 'The format of the parameter MobilePhone is incorrect.',
  },
  'InvalidParameter.PolicyDocument.Length': {
    status: 400,
    message: 'The parameter PolicyDocument is too long.',
  },
  'InvalidParameter.PolicyName.InvalidChars': {
    status: 400,
    message: 'The parameter PolicyName contains invalid characters.',
  },
  'InvalidParameter.PolicyName.Length': { status: 400, message: 'The parameter PolicyName is too long.' },
  'InvalidParameter.PolicyType': {
    status: 400,
    message: 'The parameter PolicyType must be Custom or System.',
  },
  'InvalidParameter.UserName.InvalidChars': {
    status: 400,
    message: 'The parameter UserName contains invalid characters.',
  },
  'InvalidParameter.UserName.Length': { status: 400, message: 'The parameter UserName is too long.' },
  'LimitExceeded.Policy': { status: 409, message: 'There are too many policies.' },
  'LimitExceeded.User': { status: 409, message: 'There are too many users.' },
  'LimitExceeded.User.AccessKey': {
    status: 409,
    message: 'The user has the most AccessKeys that are allowed.',
  },
  'LimitExceeded.User.Policy': { status: 409, message: 'The user has the most policies that are allowed.' },
  MalformedPolicyDocument: { status: 400, message: 'The policy document is not valid.' },
  NoPermission: { status: 403, message: 'You are not authorized to do this action.' },
  'Rejected.LastOwnerAccessKey': {
    status: 409,
    message: 'The last active AccessKey of the owner can be neither disabled nor deleted.',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_TABLE;

/** An error a client may see. `message` replaces the table's text; `cause` stays in the process (logs only). */
export class KmsError extends Error {
  readonly code: ErrorCode;
  readonly status: number;

  constructor(code: ErrorCode, message?: string, options?: { cause?: unknown }) {
    super(message ?? ERROR_TABLE[code].message, options);
    this.name = 'KmsError';
    this.code = code;
    this.status = ERROR_TABLE[code].status;
  }
}

/** What a client is told of any thrown value: a KmsError as it is, everything else InternalFailure without detail. */
export function toKmsError(error: unknown): KmsError {
  return error instanceof KmsError ? error : new KmsError('InternalFailure', undefined, { cause: error });
}
