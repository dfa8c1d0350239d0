// The part of sm-crypto, which brings no types, that tests use. Texts are hexadecimal.

declare module 'sm-crypto' {
  type Message = readonly number[];
  interface SignatureOptions {
    readonly der?: boolean;
    readonly hash?: boolean;
  }
  export const sm2: {
    doSignature(message: Message, privateKey: string, options: SignatureOptions): string;
    doVerifySignature(
      message: Message,
      signature: string,
      publicKey: string,
      options: SignatureOptions,
    ): boolean;
    doEncrypt(message: Message, publicKey: string, mode: 1): string;
    doDecrypt(
      ciphertext: string,
      privateKey: string,
      mode: 1,
      options: { readonly output: 'array' },
    ): number[];
  };
  interface BlockOptions {
    readonly padding: 'none';
    readonly output: 'array';
  }
  export const sm4: {
    encrypt(message: Message, key: Message, options: BlockOptions): number[];
  };
  const library: { readonly sm2: typeof sm2; readonly sm4: typeof sm4 };
  export default library;
}
