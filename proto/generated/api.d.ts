import * as $protobuf from "protobufjs";
import Long = require("long");

/** Namespace dkms. */
export namespace dkms {

    /**
     * Properties of an EncryptRequest.
     * @deprecated Use dkms.EncryptRequest.$Properties instead.
     */
    interface IEncryptRequest extends dkms.EncryptRequest.$Properties {
    }

    /** Represents an EncryptRequest. */
    class EncryptRequest {

        /**
         * Constructs a new EncryptRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.EncryptRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EncryptRequest KeyId. */
        KeyId: string;

        /** EncryptRequest Plaintext. */
        Plaintext: Uint8Array;

        /** EncryptRequest Algorithm. */
        Algorithm: string;

        /** EncryptRequest Aad. */
        Aad: Uint8Array;

        /** EncryptRequest Iv. */
        Iv: Uint8Array;

        /** EncryptRequest PaddingMode. */
        PaddingMode: string;

        /**
         * Encodes the specified EncryptRequest message. Does not implicitly {@link dkms.EncryptRequest.verify|verify} messages.
         * @param message EncryptRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.EncryptRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EncryptRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.EncryptRequest & dkms.EncryptRequest.$Shape} EncryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.EncryptRequest & dkms.EncryptRequest.$Shape;
    }

    namespace EncryptRequest {

        /** Properties of an EncryptRequest. */
        interface $Properties {

            /** EncryptRequest KeyId */
            KeyId?: (string|null);

            /** EncryptRequest Plaintext */
            Plaintext?: (Uint8Array|null);

            /** EncryptRequest Algorithm */
            Algorithm?: (string|null);

            /** EncryptRequest Aad */
            Aad?: (Uint8Array|null);

            /** EncryptRequest Iv */
            Iv?: (Uint8Array|null);

            /** EncryptRequest PaddingMode */
            PaddingMode?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EncryptRequest. */
        type $Shape = dkms.EncryptRequest.$Properties;
    }

    /**
     * Properties of an EncryptResponse.
     * @deprecated Use dkms.EncryptResponse.$Properties instead.
     */
    interface IEncryptResponse extends dkms.EncryptResponse.$Properties {
    }

    /** Represents an EncryptResponse. */
    class EncryptResponse {

        /**
         * Constructs a new EncryptResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.EncryptResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** EncryptResponse KeyId. */
        KeyId: string;

        /** EncryptResponse CiphertextBlob. */
        CiphertextBlob: Uint8Array;

        /** EncryptResponse Iv. */
        Iv: Uint8Array;

        /** EncryptResponse RequestId. */
        RequestId: string;

        /** EncryptResponse Algorithm. */
        Algorithm: string;

        /** EncryptResponse PaddingMode. */
        PaddingMode: string;

        /**
         * Encodes the specified EncryptResponse message. Does not implicitly {@link dkms.EncryptResponse.verify|verify} messages.
         * @param message EncryptResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.EncryptResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an EncryptResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.EncryptResponse & dkms.EncryptResponse.$Shape} EncryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.EncryptResponse & dkms.EncryptResponse.$Shape;
    }

    namespace EncryptResponse {

        /** Properties of an EncryptResponse. */
        interface $Properties {

            /** EncryptResponse KeyId */
            KeyId?: (string|null);

            /** EncryptResponse CiphertextBlob */
            CiphertextBlob?: (Uint8Array|null);

            /** EncryptResponse Iv */
            Iv?: (Uint8Array|null);

            /** EncryptResponse RequestId */
            RequestId?: (string|null);

            /** EncryptResponse Algorithm */
            Algorithm?: (string|null);

            /** EncryptResponse PaddingMode */
            PaddingMode?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an EncryptResponse. */
        type $Shape = dkms.EncryptResponse.$Properties;
    }

    /**
     * Properties of a DecryptRequest.
     * @deprecated Use dkms.DecryptRequest.$Properties instead.
     */
    interface IDecryptRequest extends dkms.DecryptRequest.$Properties {
    }

    /** Represents a DecryptRequest. */
    class DecryptRequest {

        /**
         * Constructs a new DecryptRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.DecryptRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DecryptRequest CiphertextBlob. */
        CiphertextBlob: Uint8Array;

        /** DecryptRequest KeyId. */
        KeyId: string;

        /** DecryptRequest Algorithm. */
        Algorithm: string;

        /** DecryptRequest Aad. */
        Aad: Uint8Array;

        /** DecryptRequest Iv. */
        Iv: Uint8Array;

        /** DecryptRequest PaddingMode. */
        PaddingMode: string;

        /**
         * Encodes the specified DecryptRequest message. Does not implicitly {@link dkms.DecryptRequest.verify|verify} messages.
         * @param message DecryptRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.DecryptRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DecryptRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.DecryptRequest & dkms.DecryptRequest.$Shape} DecryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.DecryptRequest & dkms.DecryptRequest.$Shape;
    }

    namespace DecryptRequest {

        /** Properties of a DecryptRequest. */
        interface $Properties {

            /** DecryptRequest CiphertextBlob */
            CiphertextBlob?: (Uint8Array|null);

            /** DecryptRequest KeyId */
            KeyId?: (string|null);

            /** DecryptRequest Algorithm */
            Algorithm?: (string|null);

            /** DecryptRequest Aad */
            Aad?: (Uint8Array|null);

            /** DecryptRequest Iv */
            Iv?: (Uint8Array|null);

            /** DecryptRequest PaddingMode */
            PaddingMode?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DecryptRequest. */
        type $Shape = dkms.DecryptRequest.$Properties;
    }

    /**
     * Properties of a DecryptResponse.
     * @deprecated Use dkms.DecryptResponse.$Properties instead.
     */
    interface IDecryptResponse extends dkms.DecryptResponse.$Properties {
    }

    /** Represents a DecryptResponse. */
    class DecryptResponse {

        /**
         * Constructs a new DecryptResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.DecryptResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** DecryptResponse KeyId. */
        KeyId: string;

        /** DecryptResponse Plaintext. */
        Plaintext: Uint8Array;

        /** DecryptResponse RequestId. */
        RequestId: string;

        /** DecryptResponse Algorithm. */
        Algorithm: string;

        /** DecryptResponse PaddingMode. */
        PaddingMode: string;

        /**
         * Encodes the specified DecryptResponse message. Does not implicitly {@link dkms.DecryptResponse.verify|verify} messages.
         * @param message DecryptResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.DecryptResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a DecryptResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.DecryptResponse & dkms.DecryptResponse.$Shape} DecryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.DecryptResponse & dkms.DecryptResponse.$Shape;
    }

    namespace DecryptResponse {

        /** Properties of a DecryptResponse. */
        interface $Properties {

            /** DecryptResponse KeyId */
            KeyId?: (string|null);

            /** DecryptResponse Plaintext */
            Plaintext?: (Uint8Array|null);

            /** DecryptResponse RequestId */
            RequestId?: (string|null);

            /** DecryptResponse Algorithm */
            Algorithm?: (string|null);

            /** DecryptResponse PaddingMode */
            PaddingMode?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a DecryptResponse. */
        type $Shape = dkms.DecryptResponse.$Properties;
    }

    /**
     * Properties of a SignRequest.
     * @deprecated Use dkms.SignRequest.$Properties instead.
     */
    interface ISignRequest extends dkms.SignRequest.$Properties {
    }

    /** Represents a SignRequest. */
    class SignRequest {

        /**
         * Constructs a new SignRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.SignRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SignRequest KeyId. */
        KeyId: string;

        /** SignRequest Digest. */
        Digest: Uint8Array;

        /** SignRequest Algorithm. */
        Algorithm: string;

        /** SignRequest Message. */
        Message: Uint8Array;

        /** SignRequest MessageType. */
        MessageType: string;

        /**
         * Encodes the specified SignRequest message. Does not implicitly {@link dkms.SignRequest.verify|verify} messages.
         * @param message SignRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.SignRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SignRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.SignRequest & dkms.SignRequest.$Shape} SignRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.SignRequest & dkms.SignRequest.$Shape;
    }

    namespace SignRequest {

        /** Properties of a SignRequest. */
        interface $Properties {

            /** SignRequest KeyId */
            KeyId?: (string|null);

            /** SignRequest Digest */
            Digest?: (Uint8Array|null);

            /** SignRequest Algorithm */
            Algorithm?: (string|null);

            /** SignRequest Message */
            Message?: (Uint8Array|null);

            /** SignRequest MessageType */
            MessageType?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SignRequest. */
        type $Shape = dkms.SignRequest.$Properties;
    }

    /**
     * Properties of a SignResponse.
     * @deprecated Use dkms.SignResponse.$Properties instead.
     */
    interface ISignResponse extends dkms.SignResponse.$Properties {
    }

    /** Represents a SignResponse. */
    class SignResponse {

        /**
         * Constructs a new SignResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.SignResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SignResponse KeyId. */
        KeyId: string;

        /** SignResponse Signature. */
        Signature: Uint8Array;

        /** SignResponse RequestId. */
        RequestId: string;

        /** SignResponse Algorithm. */
        Algorithm: string;

        /** SignResponse MessageType. */
        MessageType: string;

        /**
         * Encodes the specified SignResponse message. Does not implicitly {@link dkms.SignResponse.verify|verify} messages.
         * @param message SignResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.SignResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SignResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.SignResponse & dkms.SignResponse.$Shape} SignResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.SignResponse & dkms.SignResponse.$Shape;
    }

    namespace SignResponse {

        /** Properties of a SignResponse. */
        interface $Properties {

            /** SignResponse KeyId */
            KeyId?: (string|null);

            /** SignResponse Signature */
            Signature?: (Uint8Array|null);

            /** SignResponse RequestId */
            RequestId?: (string|null);

            /** SignResponse Algorithm */
            Algorithm?: (string|null);

            /** SignResponse MessageType */
            MessageType?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SignResponse. */
        type $Shape = dkms.SignResponse.$Properties;
    }

    /**
     * Properties of a VerifyRequest.
     * @deprecated Use dkms.VerifyRequest.$Properties instead.
     */
    interface IVerifyRequest extends dkms.VerifyRequest.$Properties {
    }

    /** Represents a VerifyRequest. */
    class VerifyRequest {

        /**
         * Constructs a new VerifyRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.VerifyRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** VerifyRequest KeyId. */
        KeyId: string;

        /** VerifyRequest Digest. */
        Digest: Uint8Array;

        /** VerifyRequest Signature. */
        Signature: Uint8Array;

        /** VerifyRequest Algorithm. */
        Algorithm: string;

        /** VerifyRequest Message. */
        Message: Uint8Array;

        /** VerifyRequest MessageType. */
        MessageType: string;

        /**
         * Encodes the specified VerifyRequest message. Does not implicitly {@link dkms.VerifyRequest.verify|verify} messages.
         * @param message VerifyRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.VerifyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a VerifyRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.VerifyRequest & dkms.VerifyRequest.$Shape} VerifyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.VerifyRequest & dkms.VerifyRequest.$Shape;
    }

    namespace VerifyRequest {

        /** Properties of a VerifyRequest. */
        interface $Properties {

            /** VerifyRequest KeyId */
            KeyId?: (string|null);

            /** VerifyRequest Digest */
            Digest?: (Uint8Array|null);

            /** VerifyRequest Signature */
            Signature?: (Uint8Array|null);

            /** VerifyRequest Algorithm */
            Algorithm?: (string|null);

            /** VerifyRequest Message */
            Message?: (Uint8Array|null);

            /** VerifyRequest MessageType */
            MessageType?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a VerifyRequest. */
        type $Shape = dkms.VerifyRequest.$Properties;
    }

    /**
     * Properties of a VerifyResponse.
     * @deprecated Use dkms.VerifyResponse.$Properties instead.
     */
    interface IVerifyResponse extends dkms.VerifyResponse.$Properties {
    }

    /** Represents a VerifyResponse. */
    class VerifyResponse {

        /**
         * Constructs a new VerifyResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.VerifyResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** VerifyResponse KeyId. */
        KeyId: string;

        /** VerifyResponse Value. */
        Value: boolean;

        /** VerifyResponse RequestId. */
        RequestId: string;

        /** VerifyResponse Algorithm. */
        Algorithm: string;

        /** VerifyResponse MessageType. */
        MessageType: string;

        /**
         * Encodes the specified VerifyResponse message. Does not implicitly {@link dkms.VerifyResponse.verify|verify} messages.
         * @param message VerifyResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.VerifyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a VerifyResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.VerifyResponse & dkms.VerifyResponse.$Shape} VerifyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.VerifyResponse & dkms.VerifyResponse.$Shape;
    }

    namespace VerifyResponse {

        /** Properties of a VerifyResponse. */
        interface $Properties {

            /** VerifyResponse KeyId */
            KeyId?: (string|null);

            /** VerifyResponse Value */
            Value?: (boolean|null);

            /** VerifyResponse RequestId */
            RequestId?: (string|null);

            /** VerifyResponse Algorithm */
            Algorithm?: (string|null);

            /** VerifyResponse MessageType */
            MessageType?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a VerifyResponse. */
        type $Shape = dkms.VerifyResponse.$Properties;
    }

    /**
     * Properties of a HmacRequest.
     * @deprecated Use dkms.HmacRequest.$Properties instead.
     */
    interface IHmacRequest extends dkms.HmacRequest.$Properties {
    }

    /** Represents a HmacRequest. */
    class HmacRequest {

        /**
         * Constructs a new HmacRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.HmacRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HmacRequest KeyId. */
        KeyId: string;

        /** HmacRequest Message. */
        Message: Uint8Array;

        /**
         * Encodes the specified HmacRequest message. Does not implicitly {@link dkms.HmacRequest.verify|verify} messages.
         * @param message HmacRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.HmacRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HmacRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.HmacRequest & dkms.HmacRequest.$Shape} HmacRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.HmacRequest & dkms.HmacRequest.$Shape;
    }

    namespace HmacRequest {

        /** Properties of a HmacRequest. */
        interface $Properties {

            /** HmacRequest KeyId */
            KeyId?: (string|null);

            /** HmacRequest Message */
            Message?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HmacRequest. */
        type $Shape = dkms.HmacRequest.$Properties;
    }

    /**
     * Properties of a HmacResponse.
     * @deprecated Use dkms.HmacResponse.$Properties instead.
     */
    interface IHmacResponse extends dkms.HmacResponse.$Properties {
    }

    /** Represents a HmacResponse. */
    class HmacResponse {

        /**
         * Constructs a new HmacResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.HmacResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** HmacResponse KeyId. */
        KeyId: string;

        /** HmacResponse Signature. */
        Signature: Uint8Array;

        /** HmacResponse RequestId. */
        RequestId: string;

        /**
         * Encodes the specified HmacResponse message. Does not implicitly {@link dkms.HmacResponse.verify|verify} messages.
         * @param message HmacResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.HmacResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a HmacResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.HmacResponse & dkms.HmacResponse.$Shape} HmacResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.HmacResponse & dkms.HmacResponse.$Shape;
    }

    namespace HmacResponse {

        /** Properties of a HmacResponse. */
        interface $Properties {

            /** HmacResponse KeyId */
            KeyId?: (string|null);

            /** HmacResponse Signature */
            Signature?: (Uint8Array|null);

            /** HmacResponse RequestId */
            RequestId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a HmacResponse. */
        type $Shape = dkms.HmacResponse.$Properties;
    }

    /**
     * Properties of a GenerateRandomRequest.
     * @deprecated Use dkms.GenerateRandomRequest.$Properties instead.
     */
    interface IGenerateRandomRequest extends dkms.GenerateRandomRequest.$Properties {
    }

    /** Represents a GenerateRandomRequest. */
    class GenerateRandomRequest {

        /**
         * Constructs a new GenerateRandomRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateRandomRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateRandomRequest Length. */
        Length: number;

        /**
         * Encodes the specified GenerateRandomRequest message. Does not implicitly {@link dkms.GenerateRandomRequest.verify|verify} messages.
         * @param message GenerateRandomRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateRandomRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateRandomRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateRandomRequest & dkms.GenerateRandomRequest.$Shape} GenerateRandomRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateRandomRequest & dkms.GenerateRandomRequest.$Shape;
    }

    namespace GenerateRandomRequest {

        /** Properties of a GenerateRandomRequest. */
        interface $Properties {

            /** GenerateRandomRequest Length */
            Length?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateRandomRequest. */
        type $Shape = dkms.GenerateRandomRequest.$Properties;
    }

    /**
     * Properties of a GenerateRandomResponse.
     * @deprecated Use dkms.GenerateRandomResponse.$Properties instead.
     */
    interface IGenerateRandomResponse extends dkms.GenerateRandomResponse.$Properties {
    }

    /** Represents a GenerateRandomResponse. */
    class GenerateRandomResponse {

        /**
         * Constructs a new GenerateRandomResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateRandomResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateRandomResponse Random. */
        Random: Uint8Array;

        /** GenerateRandomResponse RequestId. */
        RequestId: string;

        /**
         * Encodes the specified GenerateRandomResponse message. Does not implicitly {@link dkms.GenerateRandomResponse.verify|verify} messages.
         * @param message GenerateRandomResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateRandomResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateRandomResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateRandomResponse & dkms.GenerateRandomResponse.$Shape} GenerateRandomResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateRandomResponse & dkms.GenerateRandomResponse.$Shape;
    }

    namespace GenerateRandomResponse {

        /** Properties of a GenerateRandomResponse. */
        interface $Properties {

            /** GenerateRandomResponse Random */
            Random?: (Uint8Array|null);

            /** GenerateRandomResponse RequestId */
            RequestId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateRandomResponse. */
        type $Shape = dkms.GenerateRandomResponse.$Properties;
    }

    /**
     * Properties of a GenerateDataKeyRequest.
     * @deprecated Use dkms.GenerateDataKeyRequest.$Properties instead.
     */
    interface IGenerateDataKeyRequest extends dkms.GenerateDataKeyRequest.$Properties {
    }

    /** Represents a GenerateDataKeyRequest. */
    class GenerateDataKeyRequest {

        /**
         * Constructs a new GenerateDataKeyRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateDataKeyRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateDataKeyRequest KeyId. */
        KeyId: string;

        /** GenerateDataKeyRequest Algorithm. */
        Algorithm: string;

        /** GenerateDataKeyRequest NumberOfBytes. */
        NumberOfBytes: number;

        /** GenerateDataKeyRequest Aad. */
        Aad: Uint8Array;

        /**
         * Encodes the specified GenerateDataKeyRequest message. Does not implicitly {@link dkms.GenerateDataKeyRequest.verify|verify} messages.
         * @param message GenerateDataKeyRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateDataKeyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateDataKeyRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyRequest & dkms.GenerateDataKeyRequest.$Shape} GenerateDataKeyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateDataKeyRequest & dkms.GenerateDataKeyRequest.$Shape;
    }

    namespace GenerateDataKeyRequest {

        /** Properties of a GenerateDataKeyRequest. */
        interface $Properties {

            /** GenerateDataKeyRequest KeyId */
            KeyId?: (string|null);

            /** GenerateDataKeyRequest Algorithm */
            Algorithm?: (string|null);

            /** GenerateDataKeyRequest NumberOfBytes */
            NumberOfBytes?: (number|null);

            /** GenerateDataKeyRequest Aad */
            Aad?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateDataKeyRequest. */
        type $Shape = dkms.GenerateDataKeyRequest.$Properties;
    }

    /**
     * Properties of a GenerateDataKeyResponse.
     * @deprecated Use dkms.GenerateDataKeyResponse.$Properties instead.
     */
    interface IGenerateDataKeyResponse extends dkms.GenerateDataKeyResponse.$Properties {
    }

    /** Represents a GenerateDataKeyResponse. */
    class GenerateDataKeyResponse {

        /**
         * Constructs a new GenerateDataKeyResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateDataKeyResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateDataKeyResponse KeyId. */
        KeyId: string;

        /** GenerateDataKeyResponse Iv. */
        Iv: Uint8Array;

        /** GenerateDataKeyResponse Plaintext. */
        Plaintext: Uint8Array;

        /** GenerateDataKeyResponse CiphertextBlob. */
        CiphertextBlob: Uint8Array;

        /** GenerateDataKeyResponse RequestId. */
        RequestId: string;

        /** GenerateDataKeyResponse Algorithm. */
        Algorithm: string;

        /**
         * Encodes the specified GenerateDataKeyResponse message. Does not implicitly {@link dkms.GenerateDataKeyResponse.verify|verify} messages.
         * @param message GenerateDataKeyResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateDataKeyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateDataKeyResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyResponse & dkms.GenerateDataKeyResponse.$Shape} GenerateDataKeyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateDataKeyResponse & dkms.GenerateDataKeyResponse.$Shape;
    }

    namespace GenerateDataKeyResponse {

        /** Properties of a GenerateDataKeyResponse. */
        interface $Properties {

            /** GenerateDataKeyResponse KeyId */
            KeyId?: (string|null);

            /** GenerateDataKeyResponse Iv */
            Iv?: (Uint8Array|null);

            /** GenerateDataKeyResponse Plaintext */
            Plaintext?: (Uint8Array|null);

            /** GenerateDataKeyResponse CiphertextBlob */
            CiphertextBlob?: (Uint8Array|null);

            /** GenerateDataKeyResponse RequestId */
            RequestId?: (string|null);

            /** GenerateDataKeyResponse Algorithm */
            Algorithm?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateDataKeyResponse. */
        type $Shape = dkms.GenerateDataKeyResponse.$Properties;
    }

    /**
     * Properties of a GetPublicKeyRequest.
     * @deprecated Use dkms.GetPublicKeyRequest.$Properties instead.
     */
    interface IGetPublicKeyRequest extends dkms.GetPublicKeyRequest.$Properties {
    }

    /** Represents a GetPublicKeyRequest. */
    class GetPublicKeyRequest {

        /**
         * Constructs a new GetPublicKeyRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GetPublicKeyRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GetPublicKeyRequest KeyId. */
        KeyId: string;

        /**
         * Encodes the specified GetPublicKeyRequest message. Does not implicitly {@link dkms.GetPublicKeyRequest.verify|verify} messages.
         * @param message GetPublicKeyRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GetPublicKeyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GetPublicKeyRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GetPublicKeyRequest & dkms.GetPublicKeyRequest.$Shape} GetPublicKeyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GetPublicKeyRequest & dkms.GetPublicKeyRequest.$Shape;
    }

    namespace GetPublicKeyRequest {

        /** Properties of a GetPublicKeyRequest. */
        interface $Properties {

            /** GetPublicKeyRequest KeyId */
            KeyId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetPublicKeyRequest. */
        type $Shape = dkms.GetPublicKeyRequest.$Properties;
    }

    /**
     * Properties of a GetPublicKeyResponse.
     * @deprecated Use dkms.GetPublicKeyResponse.$Properties instead.
     */
    interface IGetPublicKeyResponse extends dkms.GetPublicKeyResponse.$Properties {
    }

    /** Represents a GetPublicKeyResponse. */
    class GetPublicKeyResponse {

        /**
         * Constructs a new GetPublicKeyResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GetPublicKeyResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GetPublicKeyResponse KeyId. */
        KeyId: string;

        /** GetPublicKeyResponse PublicKey. */
        PublicKey: string;

        /** GetPublicKeyResponse RequestId. */
        RequestId: string;

        /**
         * Encodes the specified GetPublicKeyResponse message. Does not implicitly {@link dkms.GetPublicKeyResponse.verify|verify} messages.
         * @param message GetPublicKeyResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GetPublicKeyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GetPublicKeyResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GetPublicKeyResponse & dkms.GetPublicKeyResponse.$Shape} GetPublicKeyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GetPublicKeyResponse & dkms.GetPublicKeyResponse.$Shape;
    }

    namespace GetPublicKeyResponse {

        /** Properties of a GetPublicKeyResponse. */
        interface $Properties {

            /** GetPublicKeyResponse KeyId */
            KeyId?: (string|null);

            /** GetPublicKeyResponse PublicKey */
            PublicKey?: (string|null);

            /** GetPublicKeyResponse RequestId */
            RequestId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetPublicKeyResponse. */
        type $Shape = dkms.GetPublicKeyResponse.$Properties;
    }

    /**
     * Properties of a GetSecretValueRequest.
     * @deprecated Use dkms.GetSecretValueRequest.$Properties instead.
     */
    interface IGetSecretValueRequest extends dkms.GetSecretValueRequest.$Properties {
    }

    /** Represents a GetSecretValueRequest. */
    class GetSecretValueRequest {

        /**
         * Constructs a new GetSecretValueRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GetSecretValueRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GetSecretValueRequest SecretName. */
        SecretName: string;

        /** GetSecretValueRequest VersionStage. */
        VersionStage: string;

        /** GetSecretValueRequest VersionId. */
        VersionId: string;

        /** GetSecretValueRequest FetchExtendedConfig. */
        FetchExtendedConfig: boolean;

        /**
         * Encodes the specified GetSecretValueRequest message. Does not implicitly {@link dkms.GetSecretValueRequest.verify|verify} messages.
         * @param message GetSecretValueRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GetSecretValueRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GetSecretValueRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GetSecretValueRequest & dkms.GetSecretValueRequest.$Shape} GetSecretValueRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GetSecretValueRequest & dkms.GetSecretValueRequest.$Shape;
    }

    namespace GetSecretValueRequest {

        /** Properties of a GetSecretValueRequest. */
        interface $Properties {

            /** GetSecretValueRequest SecretName */
            SecretName?: (string|null);

            /** GetSecretValueRequest VersionStage */
            VersionStage?: (string|null);

            /** GetSecretValueRequest VersionId */
            VersionId?: (string|null);

            /** GetSecretValueRequest FetchExtendedConfig */
            FetchExtendedConfig?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetSecretValueRequest. */
        type $Shape = dkms.GetSecretValueRequest.$Properties;
    }

    /**
     * Properties of a GetSecretValueResponse.
     * @deprecated Use dkms.GetSecretValueResponse.$Properties instead.
     */
    interface IGetSecretValueResponse extends dkms.GetSecretValueResponse.$Properties {
    }

    /** Represents a GetSecretValueResponse. */
    class GetSecretValueResponse {

        /**
         * Constructs a new GetSecretValueResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GetSecretValueResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GetSecretValueResponse SecretName. */
        SecretName: string;

        /** GetSecretValueResponse SecretType. */
        SecretType: string;

        /** GetSecretValueResponse SecretData. */
        SecretData: string;

        /** GetSecretValueResponse SecretDataType. */
        SecretDataType: string;

        /** GetSecretValueResponse VersionStages. */
        VersionStages: string[];

        /** GetSecretValueResponse VersionId. */
        VersionId: string;

        /** GetSecretValueResponse CreateTime. */
        CreateTime: string;

        /** GetSecretValueResponse RequestId. */
        RequestId: string;

        /** GetSecretValueResponse LastRotationDate. */
        LastRotationDate: string;

        /** GetSecretValueResponse NextRotationDate. */
        NextRotationDate: string;

        /** GetSecretValueResponse ExtendedConfig. */
        ExtendedConfig: string;

        /** GetSecretValueResponse AutomaticRotation. */
        AutomaticRotation: string;

        /** GetSecretValueResponse RotationInterval. */
        RotationInterval: string;

        /**
         * Encodes the specified GetSecretValueResponse message. Does not implicitly {@link dkms.GetSecretValueResponse.verify|verify} messages.
         * @param message GetSecretValueResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GetSecretValueResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GetSecretValueResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GetSecretValueResponse & dkms.GetSecretValueResponse.$Shape} GetSecretValueResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GetSecretValueResponse & dkms.GetSecretValueResponse.$Shape;
    }

    namespace GetSecretValueResponse {

        /** Properties of a GetSecretValueResponse. */
        interface $Properties {

            /** GetSecretValueResponse SecretName */
            SecretName?: (string|null);

            /** GetSecretValueResponse SecretType */
            SecretType?: (string|null);

            /** GetSecretValueResponse SecretData */
            SecretData?: (string|null);

            /** GetSecretValueResponse SecretDataType */
            SecretDataType?: (string|null);

            /** GetSecretValueResponse VersionStages */
            VersionStages?: (string[]|null);

            /** GetSecretValueResponse VersionId */
            VersionId?: (string|null);

            /** GetSecretValueResponse CreateTime */
            CreateTime?: (string|null);

            /** GetSecretValueResponse RequestId */
            RequestId?: (string|null);

            /** GetSecretValueResponse LastRotationDate */
            LastRotationDate?: (string|null);

            /** GetSecretValueResponse NextRotationDate */
            NextRotationDate?: (string|null);

            /** GetSecretValueResponse ExtendedConfig */
            ExtendedConfig?: (string|null);

            /** GetSecretValueResponse AutomaticRotation */
            AutomaticRotation?: (string|null);

            /** GetSecretValueResponse RotationInterval */
            RotationInterval?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GetSecretValueResponse. */
        type $Shape = dkms.GetSecretValueResponse.$Properties;
    }

    /**
     * Properties of an AdvanceEncryptRequest.
     * @deprecated Use dkms.AdvanceEncryptRequest.$Properties instead.
     */
    interface IAdvanceEncryptRequest extends dkms.AdvanceEncryptRequest.$Properties {
    }

    /** Represents an AdvanceEncryptRequest. */
    class AdvanceEncryptRequest {

        /**
         * Constructs a new AdvanceEncryptRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceEncryptRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceEncryptRequest KeyId. */
        KeyId: string;

        /** AdvanceEncryptRequest Plaintext. */
        Plaintext: Uint8Array;

        /** AdvanceEncryptRequest Algorithm. */
        Algorithm: string;

        /** AdvanceEncryptRequest Aad. */
        Aad: Uint8Array;

        /** AdvanceEncryptRequest Iv. */
        Iv: Uint8Array;

        /** AdvanceEncryptRequest PaddingMode. */
        PaddingMode: string;

        /**
         * Encodes the specified AdvanceEncryptRequest message. Does not implicitly {@link dkms.AdvanceEncryptRequest.verify|verify} messages.
         * @param message AdvanceEncryptRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceEncryptRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceEncryptRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceEncryptRequest & dkms.AdvanceEncryptRequest.$Shape} AdvanceEncryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceEncryptRequest & dkms.AdvanceEncryptRequest.$Shape;
    }

    namespace AdvanceEncryptRequest {

        /** Properties of an AdvanceEncryptRequest. */
        interface $Properties {

            /** AdvanceEncryptRequest KeyId */
            KeyId?: (string|null);

            /** AdvanceEncryptRequest Plaintext */
            Plaintext?: (Uint8Array|null);

            /** AdvanceEncryptRequest Algorithm */
            Algorithm?: (string|null);

            /** AdvanceEncryptRequest Aad */
            Aad?: (Uint8Array|null);

            /** AdvanceEncryptRequest Iv */
            Iv?: (Uint8Array|null);

            /** AdvanceEncryptRequest PaddingMode */
            PaddingMode?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceEncryptRequest. */
        type $Shape = dkms.AdvanceEncryptRequest.$Properties;
    }

    /**
     * Properties of an AdvanceEncryptResponse.
     * @deprecated Use dkms.AdvanceEncryptResponse.$Properties instead.
     */
    interface IAdvanceEncryptResponse extends dkms.AdvanceEncryptResponse.$Properties {
    }

    /** Represents an AdvanceEncryptResponse. */
    class AdvanceEncryptResponse {

        /**
         * Constructs a new AdvanceEncryptResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceEncryptResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceEncryptResponse KeyId. */
        KeyId: string;

        /** AdvanceEncryptResponse CiphertextBlob. */
        CiphertextBlob: Uint8Array;

        /** AdvanceEncryptResponse Iv. */
        Iv: Uint8Array;

        /** AdvanceEncryptResponse RequestId. */
        RequestId: string;

        /** AdvanceEncryptResponse Algorithm. */
        Algorithm: string;

        /** AdvanceEncryptResponse PaddingMode. */
        PaddingMode: string;

        /** AdvanceEncryptResponse KeyVersionId. */
        KeyVersionId: string;

        /**
         * Encodes the specified AdvanceEncryptResponse message. Does not implicitly {@link dkms.AdvanceEncryptResponse.verify|verify} messages.
         * @param message AdvanceEncryptResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceEncryptResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceEncryptResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceEncryptResponse & dkms.AdvanceEncryptResponse.$Shape} AdvanceEncryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceEncryptResponse & dkms.AdvanceEncryptResponse.$Shape;
    }

    namespace AdvanceEncryptResponse {

        /** Properties of an AdvanceEncryptResponse. */
        interface $Properties {

            /** AdvanceEncryptResponse KeyId */
            KeyId?: (string|null);

            /** AdvanceEncryptResponse CiphertextBlob */
            CiphertextBlob?: (Uint8Array|null);

            /** AdvanceEncryptResponse Iv */
            Iv?: (Uint8Array|null);

            /** AdvanceEncryptResponse RequestId */
            RequestId?: (string|null);

            /** AdvanceEncryptResponse Algorithm */
            Algorithm?: (string|null);

            /** AdvanceEncryptResponse PaddingMode */
            PaddingMode?: (string|null);

            /** AdvanceEncryptResponse KeyVersionId */
            KeyVersionId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceEncryptResponse. */
        type $Shape = dkms.AdvanceEncryptResponse.$Properties;
    }

    /**
     * Properties of an AdvanceDecryptRequest.
     * @deprecated Use dkms.AdvanceDecryptRequest.$Properties instead.
     */
    interface IAdvanceDecryptRequest extends dkms.AdvanceDecryptRequest.$Properties {
    }

    /** Represents an AdvanceDecryptRequest. */
    class AdvanceDecryptRequest {

        /**
         * Constructs a new AdvanceDecryptRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceDecryptRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceDecryptRequest CiphertextBlob. */
        CiphertextBlob: Uint8Array;

        /** AdvanceDecryptRequest KeyId. */
        KeyId: string;

        /** AdvanceDecryptRequest Algorithm. */
        Algorithm: string;

        /** AdvanceDecryptRequest Aad. */
        Aad: Uint8Array;

        /** AdvanceDecryptRequest Iv. */
        Iv: Uint8Array;

        /** AdvanceDecryptRequest PaddingMode. */
        PaddingMode: string;

        /**
         * Encodes the specified AdvanceDecryptRequest message. Does not implicitly {@link dkms.AdvanceDecryptRequest.verify|verify} messages.
         * @param message AdvanceDecryptRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceDecryptRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceDecryptRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceDecryptRequest & dkms.AdvanceDecryptRequest.$Shape} AdvanceDecryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceDecryptRequest & dkms.AdvanceDecryptRequest.$Shape;
    }

    namespace AdvanceDecryptRequest {

        /** Properties of an AdvanceDecryptRequest. */
        interface $Properties {

            /** AdvanceDecryptRequest CiphertextBlob */
            CiphertextBlob?: (Uint8Array|null);

            /** AdvanceDecryptRequest KeyId */
            KeyId?: (string|null);

            /** AdvanceDecryptRequest Algorithm */
            Algorithm?: (string|null);

            /** AdvanceDecryptRequest Aad */
            Aad?: (Uint8Array|null);

            /** AdvanceDecryptRequest Iv */
            Iv?: (Uint8Array|null);

            /** AdvanceDecryptRequest PaddingMode */
            PaddingMode?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceDecryptRequest. */
        type $Shape = dkms.AdvanceDecryptRequest.$Properties;
    }

    /**
     * Properties of an AdvanceDecryptResponse.
     * @deprecated Use dkms.AdvanceDecryptResponse.$Properties instead.
     */
    interface IAdvanceDecryptResponse extends dkms.AdvanceDecryptResponse.$Properties {
    }

    /** Represents an AdvanceDecryptResponse. */
    class AdvanceDecryptResponse {

        /**
         * Constructs a new AdvanceDecryptResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceDecryptResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceDecryptResponse KeyId. */
        KeyId: string;

        /** AdvanceDecryptResponse Plaintext. */
        Plaintext: Uint8Array;

        /** AdvanceDecryptResponse RequestId. */
        RequestId: string;

        /** AdvanceDecryptResponse Algorithm. */
        Algorithm: string;

        /** AdvanceDecryptResponse PaddingMode. */
        PaddingMode: string;

        /** AdvanceDecryptResponse KeyVersionId. */
        KeyVersionId: string;

        /**
         * Encodes the specified AdvanceDecryptResponse message. Does not implicitly {@link dkms.AdvanceDecryptResponse.verify|verify} messages.
         * @param message AdvanceDecryptResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceDecryptResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceDecryptResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceDecryptResponse & dkms.AdvanceDecryptResponse.$Shape} AdvanceDecryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceDecryptResponse & dkms.AdvanceDecryptResponse.$Shape;
    }

    namespace AdvanceDecryptResponse {

        /** Properties of an AdvanceDecryptResponse. */
        interface $Properties {

            /** AdvanceDecryptResponse KeyId */
            KeyId?: (string|null);

            /** AdvanceDecryptResponse Plaintext */
            Plaintext?: (Uint8Array|null);

            /** AdvanceDecryptResponse RequestId */
            RequestId?: (string|null);

            /** AdvanceDecryptResponse Algorithm */
            Algorithm?: (string|null);

            /** AdvanceDecryptResponse PaddingMode */
            PaddingMode?: (string|null);

            /** AdvanceDecryptResponse KeyVersionId */
            KeyVersionId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceDecryptResponse. */
        type $Shape = dkms.AdvanceDecryptResponse.$Properties;
    }

    /**
     * Properties of an AdvanceGenerateDataKeyRequest.
     * @deprecated Use dkms.AdvanceGenerateDataKeyRequest.$Properties instead.
     */
    interface IAdvanceGenerateDataKeyRequest extends dkms.AdvanceGenerateDataKeyRequest.$Properties {
    }

    /** Represents an AdvanceGenerateDataKeyRequest. */
    class AdvanceGenerateDataKeyRequest {

        /**
         * Constructs a new AdvanceGenerateDataKeyRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceGenerateDataKeyRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceGenerateDataKeyRequest KeyId. */
        KeyId: string;

        /** AdvanceGenerateDataKeyRequest NumberOfBytes. */
        NumberOfBytes: number;

        /** AdvanceGenerateDataKeyRequest Aad. */
        Aad: Uint8Array;

        /**
         * Encodes the specified AdvanceGenerateDataKeyRequest message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyRequest.verify|verify} messages.
         * @param message AdvanceGenerateDataKeyRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceGenerateDataKeyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceGenerateDataKeyRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyRequest & dkms.AdvanceGenerateDataKeyRequest.$Shape} AdvanceGenerateDataKeyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceGenerateDataKeyRequest & dkms.AdvanceGenerateDataKeyRequest.$Shape;
    }

    namespace AdvanceGenerateDataKeyRequest {

        /** Properties of an AdvanceGenerateDataKeyRequest. */
        interface $Properties {

            /** AdvanceGenerateDataKeyRequest KeyId */
            KeyId?: (string|null);

            /** AdvanceGenerateDataKeyRequest NumberOfBytes */
            NumberOfBytes?: (number|null);

            /** AdvanceGenerateDataKeyRequest Aad */
            Aad?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceGenerateDataKeyRequest. */
        type $Shape = dkms.AdvanceGenerateDataKeyRequest.$Properties;
    }

    /**
     * Properties of an AdvanceGenerateDataKeyResponse.
     * @deprecated Use dkms.AdvanceGenerateDataKeyResponse.$Properties instead.
     */
    interface IAdvanceGenerateDataKeyResponse extends dkms.AdvanceGenerateDataKeyResponse.$Properties {
    }

    /** Represents an AdvanceGenerateDataKeyResponse. */
    class AdvanceGenerateDataKeyResponse {

        /**
         * Constructs a new AdvanceGenerateDataKeyResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceGenerateDataKeyResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceGenerateDataKeyResponse KeyId. */
        KeyId: string;

        /** AdvanceGenerateDataKeyResponse Iv. */
        Iv: Uint8Array;

        /** AdvanceGenerateDataKeyResponse Plaintext. */
        Plaintext: Uint8Array;

        /** AdvanceGenerateDataKeyResponse CiphertextBlob. */
        CiphertextBlob: Uint8Array;

        /** AdvanceGenerateDataKeyResponse RequestId. */
        RequestId: string;

        /** AdvanceGenerateDataKeyResponse Algorithm. */
        Algorithm: string;

        /** AdvanceGenerateDataKeyResponse KeyVersionId. */
        KeyVersionId: string;

        /**
         * Encodes the specified AdvanceGenerateDataKeyResponse message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyResponse.verify|verify} messages.
         * @param message AdvanceGenerateDataKeyResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceGenerateDataKeyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceGenerateDataKeyResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyResponse & dkms.AdvanceGenerateDataKeyResponse.$Shape} AdvanceGenerateDataKeyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceGenerateDataKeyResponse & dkms.AdvanceGenerateDataKeyResponse.$Shape;
    }

    namespace AdvanceGenerateDataKeyResponse {

        /** Properties of an AdvanceGenerateDataKeyResponse. */
        interface $Properties {

            /** AdvanceGenerateDataKeyResponse KeyId */
            KeyId?: (string|null);

            /** AdvanceGenerateDataKeyResponse Iv */
            Iv?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyResponse Plaintext */
            Plaintext?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyResponse CiphertextBlob */
            CiphertextBlob?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyResponse RequestId */
            RequestId?: (string|null);

            /** AdvanceGenerateDataKeyResponse Algorithm */
            Algorithm?: (string|null);

            /** AdvanceGenerateDataKeyResponse KeyVersionId */
            KeyVersionId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceGenerateDataKeyResponse. */
        type $Shape = dkms.AdvanceGenerateDataKeyResponse.$Properties;
    }

    /**
     * Properties of a GenerateDataKeyPairRequest.
     * @deprecated Use dkms.GenerateDataKeyPairRequest.$Properties instead.
     */
    interface IGenerateDataKeyPairRequest extends dkms.GenerateDataKeyPairRequest.$Properties {
    }

    /** Represents a GenerateDataKeyPairRequest. */
    class GenerateDataKeyPairRequest {

        /**
         * Constructs a new GenerateDataKeyPairRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateDataKeyPairRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateDataKeyPairRequest KeyId. */
        KeyId: string;

        /** GenerateDataKeyPairRequest Algorithm. */
        Algorithm: string;

        /** GenerateDataKeyPairRequest KeyPairSpec. */
        KeyPairSpec: string;

        /** GenerateDataKeyPairRequest KeyFormat. */
        KeyFormat: string;

        /** GenerateDataKeyPairRequest Aad. */
        Aad: Uint8Array;

        /**
         * Encodes the specified GenerateDataKeyPairRequest message. Does not implicitly {@link dkms.GenerateDataKeyPairRequest.verify|verify} messages.
         * @param message GenerateDataKeyPairRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateDataKeyPairRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateDataKeyPairRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairRequest & dkms.GenerateDataKeyPairRequest.$Shape} GenerateDataKeyPairRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateDataKeyPairRequest & dkms.GenerateDataKeyPairRequest.$Shape;
    }

    namespace GenerateDataKeyPairRequest {

        /** Properties of a GenerateDataKeyPairRequest. */
        interface $Properties {

            /** GenerateDataKeyPairRequest KeyId */
            KeyId?: (string|null);

            /** GenerateDataKeyPairRequest Algorithm */
            Algorithm?: (string|null);

            /** GenerateDataKeyPairRequest KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** GenerateDataKeyPairRequest KeyFormat */
            KeyFormat?: (string|null);

            /** GenerateDataKeyPairRequest Aad */
            Aad?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateDataKeyPairRequest. */
        type $Shape = dkms.GenerateDataKeyPairRequest.$Properties;
    }

    /**
     * Properties of a GenerateDataKeyPairResponse.
     * @deprecated Use dkms.GenerateDataKeyPairResponse.$Properties instead.
     */
    interface IGenerateDataKeyPairResponse extends dkms.GenerateDataKeyPairResponse.$Properties {
    }

    /** Represents a GenerateDataKeyPairResponse. */
    class GenerateDataKeyPairResponse {

        /**
         * Constructs a new GenerateDataKeyPairResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateDataKeyPairResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateDataKeyPairResponse KeyId. */
        KeyId: string;

        /** GenerateDataKeyPairResponse Iv. */
        Iv: Uint8Array;

        /** GenerateDataKeyPairResponse KeyPairSpec. */
        KeyPairSpec: string;

        /** GenerateDataKeyPairResponse PrivateKeyPlaintext. */
        PrivateKeyPlaintext: Uint8Array;

        /** GenerateDataKeyPairResponse PrivateKeyCiphertextBlob. */
        PrivateKeyCiphertextBlob: Uint8Array;

        /** GenerateDataKeyPairResponse PublicKey. */
        PublicKey: Uint8Array;

        /** GenerateDataKeyPairResponse RequestId. */
        RequestId: string;

        /** GenerateDataKeyPairResponse Algorithm. */
        Algorithm: string;

        /**
         * Encodes the specified GenerateDataKeyPairResponse message. Does not implicitly {@link dkms.GenerateDataKeyPairResponse.verify|verify} messages.
         * @param message GenerateDataKeyPairResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateDataKeyPairResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateDataKeyPairResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairResponse & dkms.GenerateDataKeyPairResponse.$Shape} GenerateDataKeyPairResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateDataKeyPairResponse & dkms.GenerateDataKeyPairResponse.$Shape;
    }

    namespace GenerateDataKeyPairResponse {

        /** Properties of a GenerateDataKeyPairResponse. */
        interface $Properties {

            /** GenerateDataKeyPairResponse KeyId */
            KeyId?: (string|null);

            /** GenerateDataKeyPairResponse Iv */
            Iv?: (Uint8Array|null);

            /** GenerateDataKeyPairResponse KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** GenerateDataKeyPairResponse PrivateKeyPlaintext */
            PrivateKeyPlaintext?: (Uint8Array|null);

            /** GenerateDataKeyPairResponse PrivateKeyCiphertextBlob */
            PrivateKeyCiphertextBlob?: (Uint8Array|null);

            /** GenerateDataKeyPairResponse PublicKey */
            PublicKey?: (Uint8Array|null);

            /** GenerateDataKeyPairResponse RequestId */
            RequestId?: (string|null);

            /** GenerateDataKeyPairResponse Algorithm */
            Algorithm?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateDataKeyPairResponse. */
        type $Shape = dkms.GenerateDataKeyPairResponse.$Properties;
    }

    /**
     * Properties of a GenerateDataKeyPairWithoutPlaintextRequest.
     * @deprecated Use dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties instead.
     */
    interface IGenerateDataKeyPairWithoutPlaintextRequest extends dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties {
    }

    /** Represents a GenerateDataKeyPairWithoutPlaintextRequest. */
    class GenerateDataKeyPairWithoutPlaintextRequest {

        /**
         * Constructs a new GenerateDataKeyPairWithoutPlaintextRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateDataKeyPairWithoutPlaintextRequest KeyId. */
        KeyId: string;

        /** GenerateDataKeyPairWithoutPlaintextRequest Algorithm. */
        Algorithm: string;

        /** GenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec. */
        KeyPairSpec: string;

        /** GenerateDataKeyPairWithoutPlaintextRequest KeyFormat. */
        KeyFormat: string;

        /** GenerateDataKeyPairWithoutPlaintextRequest Aad. */
        Aad: Uint8Array;

        /**
         * Encodes the specified GenerateDataKeyPairWithoutPlaintextRequest message. Does not implicitly {@link dkms.GenerateDataKeyPairWithoutPlaintextRequest.verify|verify} messages.
         * @param message GenerateDataKeyPairWithoutPlaintextRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateDataKeyPairWithoutPlaintextRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairWithoutPlaintextRequest & dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Shape} GenerateDataKeyPairWithoutPlaintextRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateDataKeyPairWithoutPlaintextRequest & dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Shape;
    }

    namespace GenerateDataKeyPairWithoutPlaintextRequest {

        /** Properties of a GenerateDataKeyPairWithoutPlaintextRequest. */
        interface $Properties {

            /** GenerateDataKeyPairWithoutPlaintextRequest KeyId */
            KeyId?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextRequest Algorithm */
            Algorithm?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextRequest KeyFormat */
            KeyFormat?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextRequest Aad */
            Aad?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateDataKeyPairWithoutPlaintextRequest. */
        type $Shape = dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties;
    }

    /**
     * Properties of a GenerateDataKeyPairWithoutPlaintextResponse.
     * @deprecated Use dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties instead.
     */
    interface IGenerateDataKeyPairWithoutPlaintextResponse extends dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties {
    }

    /** Represents a GenerateDataKeyPairWithoutPlaintextResponse. */
    class GenerateDataKeyPairWithoutPlaintextResponse {

        /**
         * Constructs a new GenerateDataKeyPairWithoutPlaintextResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** GenerateDataKeyPairWithoutPlaintextResponse KeyId. */
        KeyId: string;

        /** GenerateDataKeyPairWithoutPlaintextResponse Iv. */
        Iv: Uint8Array;

        /** GenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec. */
        KeyPairSpec: string;

        /** GenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob. */
        PrivateKeyCiphertextBlob: Uint8Array;

        /** GenerateDataKeyPairWithoutPlaintextResponse PublicKey. */
        PublicKey: Uint8Array;

        /** GenerateDataKeyPairWithoutPlaintextResponse RequestId. */
        RequestId: string;

        /** GenerateDataKeyPairWithoutPlaintextResponse Algorithm. */
        Algorithm: string;

        /**
         * Encodes the specified GenerateDataKeyPairWithoutPlaintextResponse message. Does not implicitly {@link dkms.GenerateDataKeyPairWithoutPlaintextResponse.verify|verify} messages.
         * @param message GenerateDataKeyPairWithoutPlaintextResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a GenerateDataKeyPairWithoutPlaintextResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairWithoutPlaintextResponse & dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Shape} GenerateDataKeyPairWithoutPlaintextResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.GenerateDataKeyPairWithoutPlaintextResponse & dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Shape;
    }

    namespace GenerateDataKeyPairWithoutPlaintextResponse {

        /** Properties of a GenerateDataKeyPairWithoutPlaintextResponse. */
        interface $Properties {

            /** GenerateDataKeyPairWithoutPlaintextResponse KeyId */
            KeyId?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextResponse Iv */
            Iv?: (Uint8Array|null);

            /** GenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob */
            PrivateKeyCiphertextBlob?: (Uint8Array|null);

            /** GenerateDataKeyPairWithoutPlaintextResponse PublicKey */
            PublicKey?: (Uint8Array|null);

            /** GenerateDataKeyPairWithoutPlaintextResponse RequestId */
            RequestId?: (string|null);

            /** GenerateDataKeyPairWithoutPlaintextResponse Algorithm */
            Algorithm?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a GenerateDataKeyPairWithoutPlaintextResponse. */
        type $Shape = dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties;
    }

    /**
     * Properties of an AdvanceGenerateDataKeyPairRequest.
     * @deprecated Use dkms.AdvanceGenerateDataKeyPairRequest.$Properties instead.
     */
    interface IAdvanceGenerateDataKeyPairRequest extends dkms.AdvanceGenerateDataKeyPairRequest.$Properties {
    }

    /** Represents an AdvanceGenerateDataKeyPairRequest. */
    class AdvanceGenerateDataKeyPairRequest {

        /**
         * Constructs a new AdvanceGenerateDataKeyPairRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceGenerateDataKeyPairRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceGenerateDataKeyPairRequest KeyId. */
        KeyId: string;

        /** AdvanceGenerateDataKeyPairRequest KeyPairSpec. */
        KeyPairSpec: string;

        /** AdvanceGenerateDataKeyPairRequest KeyFormat. */
        KeyFormat: string;

        /** AdvanceGenerateDataKeyPairRequest Aad. */
        Aad: Uint8Array;

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairRequest message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairRequest.verify|verify} messages.
         * @param message AdvanceGenerateDataKeyPairRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceGenerateDataKeyPairRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceGenerateDataKeyPairRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairRequest & dkms.AdvanceGenerateDataKeyPairRequest.$Shape} AdvanceGenerateDataKeyPairRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceGenerateDataKeyPairRequest & dkms.AdvanceGenerateDataKeyPairRequest.$Shape;
    }

    namespace AdvanceGenerateDataKeyPairRequest {

        /** Properties of an AdvanceGenerateDataKeyPairRequest. */
        interface $Properties {

            /** AdvanceGenerateDataKeyPairRequest KeyId */
            KeyId?: (string|null);

            /** AdvanceGenerateDataKeyPairRequest KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** AdvanceGenerateDataKeyPairRequest KeyFormat */
            KeyFormat?: (string|null);

            /** AdvanceGenerateDataKeyPairRequest Aad */
            Aad?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceGenerateDataKeyPairRequest. */
        type $Shape = dkms.AdvanceGenerateDataKeyPairRequest.$Properties;
    }

    /**
     * Properties of an AdvanceGenerateDataKeyPairResponse.
     * @deprecated Use dkms.AdvanceGenerateDataKeyPairResponse.$Properties instead.
     */
    interface IAdvanceGenerateDataKeyPairResponse extends dkms.AdvanceGenerateDataKeyPairResponse.$Properties {
    }

    /** Represents an AdvanceGenerateDataKeyPairResponse. */
    class AdvanceGenerateDataKeyPairResponse {

        /**
         * Constructs a new AdvanceGenerateDataKeyPairResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceGenerateDataKeyPairResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceGenerateDataKeyPairResponse KeyId. */
        KeyId: string;

        /** AdvanceGenerateDataKeyPairResponse Iv. */
        Iv: Uint8Array;

        /** AdvanceGenerateDataKeyPairResponse KeyPairSpec. */
        KeyPairSpec: string;

        /** AdvanceGenerateDataKeyPairResponse PrivateKeyPlaintext. */
        PrivateKeyPlaintext: Uint8Array;

        /** AdvanceGenerateDataKeyPairResponse PrivateKeyCiphertextBlob. */
        PrivateKeyCiphertextBlob: Uint8Array;

        /** AdvanceGenerateDataKeyPairResponse PublicKey. */
        PublicKey: Uint8Array;

        /** AdvanceGenerateDataKeyPairResponse RequestId. */
        RequestId: string;

        /** AdvanceGenerateDataKeyPairResponse Algorithm. */
        Algorithm: string;

        /** AdvanceGenerateDataKeyPairResponse KeyVersionId. */
        KeyVersionId: string;

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairResponse message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairResponse.verify|verify} messages.
         * @param message AdvanceGenerateDataKeyPairResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceGenerateDataKeyPairResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceGenerateDataKeyPairResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairResponse & dkms.AdvanceGenerateDataKeyPairResponse.$Shape} AdvanceGenerateDataKeyPairResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceGenerateDataKeyPairResponse & dkms.AdvanceGenerateDataKeyPairResponse.$Shape;
    }

    namespace AdvanceGenerateDataKeyPairResponse {

        /** Properties of an AdvanceGenerateDataKeyPairResponse. */
        interface $Properties {

            /** AdvanceGenerateDataKeyPairResponse KeyId */
            KeyId?: (string|null);

            /** AdvanceGenerateDataKeyPairResponse Iv */
            Iv?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairResponse KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** AdvanceGenerateDataKeyPairResponse PrivateKeyPlaintext */
            PrivateKeyPlaintext?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairResponse PrivateKeyCiphertextBlob */
            PrivateKeyCiphertextBlob?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairResponse PublicKey */
            PublicKey?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairResponse RequestId */
            RequestId?: (string|null);

            /** AdvanceGenerateDataKeyPairResponse Algorithm */
            Algorithm?: (string|null);

            /** AdvanceGenerateDataKeyPairResponse KeyVersionId */
            KeyVersionId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceGenerateDataKeyPairResponse. */
        type $Shape = dkms.AdvanceGenerateDataKeyPairResponse.$Properties;
    }

    /**
     * Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
     * @deprecated Use dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties instead.
     */
    interface IAdvanceGenerateDataKeyPairWithoutPlaintextRequest extends dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties {
    }

    /** Represents an AdvanceGenerateDataKeyPairWithoutPlaintextRequest. */
    class AdvanceGenerateDataKeyPairWithoutPlaintextRequest {

        /**
         * Constructs a new AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyId. */
        KeyId: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec. */
        KeyPairSpec: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyFormat. */
        KeyFormat: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest Aad. */
        Aad: Uint8Array;

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairWithoutPlaintextRequest message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.verify|verify} messages.
         * @param message AdvanceGenerateDataKeyPairWithoutPlaintextRequest message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceGenerateDataKeyPairWithoutPlaintextRequest message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest & dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Shape} AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest & dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Shape;
    }

    namespace AdvanceGenerateDataKeyPairWithoutPlaintextRequest {

        /** Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextRequest. */
        interface $Properties {

            /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyId */
            KeyId?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyFormat */
            KeyFormat?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextRequest Aad */
            Aad?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceGenerateDataKeyPairWithoutPlaintextRequest. */
        type $Shape = dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties;
    }

    /**
     * Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
     * @deprecated Use dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties instead.
     */
    interface IAdvanceGenerateDataKeyPairWithoutPlaintextResponse extends dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties {
    }

    /** Represents an AdvanceGenerateDataKeyPairWithoutPlaintextResponse. */
    class AdvanceGenerateDataKeyPairWithoutPlaintextResponse {

        /**
         * Constructs a new AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyId. */
        KeyId: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse Iv. */
        Iv: Uint8Array;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec. */
        KeyPairSpec: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob. */
        PrivateKeyCiphertextBlob: Uint8Array;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse PublicKey. */
        PublicKey: Uint8Array;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse RequestId. */
        RequestId: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse Algorithm. */
        Algorithm: string;

        /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyVersionId. */
        KeyVersionId: string;

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairWithoutPlaintextResponse message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.verify|verify} messages.
         * @param message AdvanceGenerateDataKeyPairWithoutPlaintextResponse message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AdvanceGenerateDataKeyPairWithoutPlaintextResponse message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse & dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Shape} AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse & dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Shape;
    }

    namespace AdvanceGenerateDataKeyPairWithoutPlaintextResponse {

        /** Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextResponse. */
        interface $Properties {

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyId */
            KeyId?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse Iv */
            Iv?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec */
            KeyPairSpec?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob */
            PrivateKeyCiphertextBlob?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse PublicKey */
            PublicKey?: (Uint8Array|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse RequestId */
            RequestId?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse Algorithm */
            Algorithm?: (string|null);

            /** AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyVersionId */
            KeyVersionId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AdvanceGenerateDataKeyPairWithoutPlaintextResponse. */
        type $Shape = dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties;
    }

    /**
     * Properties of an Error.
     * @deprecated Use dkms.Error.$Properties instead.
     */
    interface IError extends dkms.Error.$Properties {
    }

    /** Represents an Error. */
    class Error {

        /**
         * Constructs a new Error.
         * @param [properties] Properties to set
         */
        constructor(properties?: dkms.Error.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Error StatusCode. */
        StatusCode: number;

        /** Error ErrorCode. */
        ErrorCode: string;

        /** Error ErrorMessage. */
        ErrorMessage: string;

        /** Error RequestId. */
        RequestId: string;

        /**
         * Encodes the specified Error message. Does not implicitly {@link dkms.Error.verify|verify} messages.
         * @param message Error message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: dkms.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Error message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {dkms.Error & dkms.Error.$Shape} Error
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dkms.Error & dkms.Error.$Shape;
    }

    namespace Error {

        /** Properties of an Error. */
        interface $Properties {

            /** Error StatusCode */
            StatusCode?: (number|null);

            /** Error ErrorCode */
            ErrorCode?: (string|null);

            /** Error ErrorMessage */
            ErrorMessage?: (string|null);

            /** Error RequestId */
            RequestId?: (string|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Error. */
        type $Shape = dkms.Error.$Properties;
    }
}
