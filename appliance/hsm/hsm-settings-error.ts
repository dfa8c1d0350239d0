// What is wrong with the settings of a connection: told to the operator who gave them, and as the state of an instance
// that was started with them. Messages never carry the password or the content of a file.

export type HsmParameter = 'Members' | 'ClientP12' | 'Password' | 'RootCa';

export class HsmSettingsError extends Error {
  override readonly name = 'HsmSettingsError';
  readonly code = 'HSM_SETTINGS';
  /** As ConnectHsm names it; null for what is kept as a whole. */
  readonly parameter: HsmParameter | null;

  constructor(parameter: HsmParameter | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.parameter = parameter;
  }
}
