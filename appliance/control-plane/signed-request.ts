// What the two signature schemes have in common: the request they cover and the claim they read out of it.
// Source: control-plane specification 1.2 to 1.4.

import type { IncomingHttpHeaders } from 'node:http';
import type { ParameterSources } from './parameters.ts';

export interface SignedRequest {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly parameters: ParameterSources;
}

/** Who says to have signed the request, and what is needed to find out whether that is so. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** As received. */
  readonly signature: string;
  /** As received: `YYYY-MM-DDThh:mm:ssZ`. */
  readonly timestamp: string;
  /** What must not come twice: the nonce, or in its absence the signature. */
  readonly nonce: string;
  /** The text that clients compare with their own when the signature does not match. */
  readonly signedText: string;
  /** The signature that the holder of `secret` would have sent. */
  sign(secret: string): string;
}

/** Where a request says which action it wants. */
export interface ActionNames {
  readonly action: string | undefined;
  readonly version: string | undefined;
}

export interface SignatureScheme {
  /** Action and version; only from what the signature covers. */
  names(request: SignedRequest): ActionNames;
  /** @throws KmsError IncompleteSignature, MissingParameter, SignatureDoesNotMatch (body hash) */
  claim(request: SignedRequest): SignatureClaim;
}
