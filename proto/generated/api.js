/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const dkms = $root.dkms = (() => {

    /**
     * Namespace dkms.
     * @exports dkms
     * @namespace
     */
    const dkms = {};

    dkms.EncryptRequest = (function() {

        /**
         * Properties of an EncryptRequest.
         * @typedef {Object} dkms.EncryptRequest.$Properties
         * @property {string|null} [KeyId] EncryptRequest KeyId
         * @property {Uint8Array|null} [Plaintext] EncryptRequest Plaintext
         * @property {string|null} [Algorithm] EncryptRequest Algorithm
         * @property {Uint8Array|null} [Aad] EncryptRequest Aad
         * @property {Uint8Array|null} [Iv] EncryptRequest Iv
         * @property {string|null} [PaddingMode] EncryptRequest PaddingMode
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an EncryptRequest.
         * @memberof dkms
         * @interface IEncryptRequest
         * @augments dkms.EncryptRequest.$Properties
         * @deprecated Use dkms.EncryptRequest.$Properties instead.
         */

        /**
         * Shape of an EncryptRequest.
         * @typedef {dkms.EncryptRequest.$Properties} dkms.EncryptRequest.$Shape
         */

        /**
         * Constructs a new EncryptRequest.
         * @memberof dkms
         * @classdesc Represents an EncryptRequest.
         * @constructor
         * @param {dkms.EncryptRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const EncryptRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EncryptRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.EncryptRequest
         * @instance
         */
        EncryptRequest.prototype.KeyId = "";

        /**
         * EncryptRequest Plaintext.
         * @member {Uint8Array} Plaintext
         * @memberof dkms.EncryptRequest
         * @instance
         */
        EncryptRequest.prototype.Plaintext = $util.newBuffer([]);

        /**
         * EncryptRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.EncryptRequest
         * @instance
         */
        EncryptRequest.prototype.Algorithm = "";

        /**
         * EncryptRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.EncryptRequest
         * @instance
         */
        EncryptRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * EncryptRequest Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.EncryptRequest
         * @instance
         */
        EncryptRequest.prototype.Iv = $util.newBuffer([]);

        /**
         * EncryptRequest PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.EncryptRequest
         * @instance
         */
        EncryptRequest.prototype.PaddingMode = "";

        /**
         * Encodes the specified EncryptRequest message. Does not implicitly {@link dkms.EncryptRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.EncryptRequest
         * @static
         * @param {dkms.EncryptRequest.$Properties} message EncryptRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        EncryptRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Plaintext != null && $Object.hasOwnProperty.call(message, "Plaintext") && message.Plaintext.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Plaintext);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.Algorithm);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Iv);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.PaddingMode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an EncryptRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.EncryptRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.EncryptRequest & dkms.EncryptRequest.$Shape} EncryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        EncryptRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.EncryptRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Plaintext = value;
                        else
                            delete message.Plaintext;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return EncryptRequest;
    })();

    dkms.EncryptResponse = (function() {

        /**
         * Properties of an EncryptResponse.
         * @typedef {Object} dkms.EncryptResponse.$Properties
         * @property {string|null} [KeyId] EncryptResponse KeyId
         * @property {Uint8Array|null} [CiphertextBlob] EncryptResponse CiphertextBlob
         * @property {Uint8Array|null} [Iv] EncryptResponse Iv
         * @property {string|null} [RequestId] EncryptResponse RequestId
         * @property {string|null} [Algorithm] EncryptResponse Algorithm
         * @property {string|null} [PaddingMode] EncryptResponse PaddingMode
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an EncryptResponse.
         * @memberof dkms
         * @interface IEncryptResponse
         * @augments dkms.EncryptResponse.$Properties
         * @deprecated Use dkms.EncryptResponse.$Properties instead.
         */

        /**
         * Shape of an EncryptResponse.
         * @typedef {dkms.EncryptResponse.$Properties} dkms.EncryptResponse.$Shape
         */

        /**
         * Constructs a new EncryptResponse.
         * @memberof dkms
         * @classdesc Represents an EncryptResponse.
         * @constructor
         * @param {dkms.EncryptResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const EncryptResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * EncryptResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.EncryptResponse
         * @instance
         */
        EncryptResponse.prototype.KeyId = "";

        /**
         * EncryptResponse CiphertextBlob.
         * @member {Uint8Array} CiphertextBlob
         * @memberof dkms.EncryptResponse
         * @instance
         */
        EncryptResponse.prototype.CiphertextBlob = $util.newBuffer([]);

        /**
         * EncryptResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.EncryptResponse
         * @instance
         */
        EncryptResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * EncryptResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.EncryptResponse
         * @instance
         */
        EncryptResponse.prototype.RequestId = "";

        /**
         * EncryptResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.EncryptResponse
         * @instance
         */
        EncryptResponse.prototype.Algorithm = "";

        /**
         * EncryptResponse PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.EncryptResponse
         * @instance
         */
        EncryptResponse.prototype.PaddingMode = "";

        /**
         * Encodes the specified EncryptResponse message. Does not implicitly {@link dkms.EncryptResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.EncryptResponse
         * @static
         * @param {dkms.EncryptResponse.$Properties} message EncryptResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        EncryptResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.CiphertextBlob != null && $Object.hasOwnProperty.call(message, "CiphertextBlob") && message.CiphertextBlob.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.CiphertextBlob);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.Iv);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.Algorithm);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.PaddingMode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an EncryptResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.EncryptResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.EncryptResponse & dkms.EncryptResponse.$Shape} EncryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        EncryptResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.EncryptResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.CiphertextBlob = value;
                        else
                            delete message.CiphertextBlob;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return EncryptResponse;
    })();

    dkms.DecryptRequest = (function() {

        /**
         * Properties of a DecryptRequest.
         * @typedef {Object} dkms.DecryptRequest.$Properties
         * @property {Uint8Array|null} [CiphertextBlob] DecryptRequest CiphertextBlob
         * @property {string|null} [KeyId] DecryptRequest KeyId
         * @property {string|null} [Algorithm] DecryptRequest Algorithm
         * @property {Uint8Array|null} [Aad] DecryptRequest Aad
         * @property {Uint8Array|null} [Iv] DecryptRequest Iv
         * @property {string|null} [PaddingMode] DecryptRequest PaddingMode
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DecryptRequest.
         * @memberof dkms
         * @interface IDecryptRequest
         * @augments dkms.DecryptRequest.$Properties
         * @deprecated Use dkms.DecryptRequest.$Properties instead.
         */

        /**
         * Shape of a DecryptRequest.
         * @typedef {dkms.DecryptRequest.$Properties} dkms.DecryptRequest.$Shape
         */

        /**
         * Constructs a new DecryptRequest.
         * @memberof dkms
         * @classdesc Represents a DecryptRequest.
         * @constructor
         * @param {dkms.DecryptRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DecryptRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DecryptRequest CiphertextBlob.
         * @member {Uint8Array} CiphertextBlob
         * @memberof dkms.DecryptRequest
         * @instance
         */
        DecryptRequest.prototype.CiphertextBlob = $util.newBuffer([]);

        /**
         * DecryptRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.DecryptRequest
         * @instance
         */
        DecryptRequest.prototype.KeyId = "";

        /**
         * DecryptRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.DecryptRequest
         * @instance
         */
        DecryptRequest.prototype.Algorithm = "";

        /**
         * DecryptRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.DecryptRequest
         * @instance
         */
        DecryptRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * DecryptRequest Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.DecryptRequest
         * @instance
         */
        DecryptRequest.prototype.Iv = $util.newBuffer([]);

        /**
         * DecryptRequest PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.DecryptRequest
         * @instance
         */
        DecryptRequest.prototype.PaddingMode = "";

        /**
         * Encodes the specified DecryptRequest message. Does not implicitly {@link dkms.DecryptRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.DecryptRequest
         * @static
         * @param {dkms.DecryptRequest.$Properties} message DecryptRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DecryptRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.CiphertextBlob != null && $Object.hasOwnProperty.call(message, "CiphertextBlob") && message.CiphertextBlob.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.CiphertextBlob);
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.KeyId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.Algorithm);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Iv);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.PaddingMode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DecryptRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.DecryptRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.DecryptRequest & dkms.DecryptRequest.$Shape} DecryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DecryptRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.DecryptRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.CiphertextBlob = value;
                        else
                            delete message.CiphertextBlob;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return DecryptRequest;
    })();

    dkms.DecryptResponse = (function() {

        /**
         * Properties of a DecryptResponse.
         * @typedef {Object} dkms.DecryptResponse.$Properties
         * @property {string|null} [KeyId] DecryptResponse KeyId
         * @property {Uint8Array|null} [Plaintext] DecryptResponse Plaintext
         * @property {string|null} [RequestId] DecryptResponse RequestId
         * @property {string|null} [Algorithm] DecryptResponse Algorithm
         * @property {string|null} [PaddingMode] DecryptResponse PaddingMode
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a DecryptResponse.
         * @memberof dkms
         * @interface IDecryptResponse
         * @augments dkms.DecryptResponse.$Properties
         * @deprecated Use dkms.DecryptResponse.$Properties instead.
         */

        /**
         * Shape of a DecryptResponse.
         * @typedef {dkms.DecryptResponse.$Properties} dkms.DecryptResponse.$Shape
         */

        /**
         * Constructs a new DecryptResponse.
         * @memberof dkms
         * @classdesc Represents a DecryptResponse.
         * @constructor
         * @param {dkms.DecryptResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const DecryptResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * DecryptResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.DecryptResponse
         * @instance
         */
        DecryptResponse.prototype.KeyId = "";

        /**
         * DecryptResponse Plaintext.
         * @member {Uint8Array} Plaintext
         * @memberof dkms.DecryptResponse
         * @instance
         */
        DecryptResponse.prototype.Plaintext = $util.newBuffer([]);

        /**
         * DecryptResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.DecryptResponse
         * @instance
         */
        DecryptResponse.prototype.RequestId = "";

        /**
         * DecryptResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.DecryptResponse
         * @instance
         */
        DecryptResponse.prototype.Algorithm = "";

        /**
         * DecryptResponse PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.DecryptResponse
         * @instance
         */
        DecryptResponse.prototype.PaddingMode = "";

        /**
         * Encodes the specified DecryptResponse message. Does not implicitly {@link dkms.DecryptResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.DecryptResponse
         * @static
         * @param {dkms.DecryptResponse.$Properties} message DecryptResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        DecryptResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Plaintext != null && $Object.hasOwnProperty.call(message, "Plaintext") && message.Plaintext.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Plaintext);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.Algorithm);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.PaddingMode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a DecryptResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.DecryptResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.DecryptResponse & dkms.DecryptResponse.$Shape} DecryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        DecryptResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.DecryptResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Plaintext = value;
                        else
                            delete message.Plaintext;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return DecryptResponse;
    })();

    dkms.SignRequest = (function() {

        /**
         * Properties of a SignRequest.
         * @typedef {Object} dkms.SignRequest.$Properties
         * @property {string|null} [KeyId] SignRequest KeyId
         * @property {Uint8Array|null} [Digest] SignRequest Digest
         * @property {string|null} [Algorithm] SignRequest Algorithm
         * @property {Uint8Array|null} [Message] SignRequest Message
         * @property {string|null} [MessageType] SignRequest MessageType
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SignRequest.
         * @memberof dkms
         * @interface ISignRequest
         * @augments dkms.SignRequest.$Properties
         * @deprecated Use dkms.SignRequest.$Properties instead.
         */

        /**
         * Shape of a SignRequest.
         * @typedef {dkms.SignRequest.$Properties} dkms.SignRequest.$Shape
         */

        /**
         * Constructs a new SignRequest.
         * @memberof dkms
         * @classdesc Represents a SignRequest.
         * @constructor
         * @param {dkms.SignRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SignRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SignRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.SignRequest
         * @instance
         */
        SignRequest.prototype.KeyId = "";

        /**
         * SignRequest Digest.
         * @member {Uint8Array} Digest
         * @memberof dkms.SignRequest
         * @instance
         */
        SignRequest.prototype.Digest = $util.newBuffer([]);

        /**
         * SignRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.SignRequest
         * @instance
         */
        SignRequest.prototype.Algorithm = "";

        /**
         * SignRequest Message.
         * @member {Uint8Array} Message
         * @memberof dkms.SignRequest
         * @instance
         */
        SignRequest.prototype.Message = $util.newBuffer([]);

        /**
         * SignRequest MessageType.
         * @member {string} MessageType
         * @memberof dkms.SignRequest
         * @instance
         */
        SignRequest.prototype.MessageType = "";

        /**
         * Encodes the specified SignRequest message. Does not implicitly {@link dkms.SignRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.SignRequest
         * @static
         * @param {dkms.SignRequest.$Properties} message SignRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SignRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Digest != null && $Object.hasOwnProperty.call(message, "Digest") && message.Digest.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Digest);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.Algorithm);
            if (message.Message != null && $Object.hasOwnProperty.call(message, "Message") && message.Message.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Message);
            if (message.MessageType != null && $Object.hasOwnProperty.call(message, "MessageType") && message.MessageType !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.MessageType);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SignRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.SignRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.SignRequest & dkms.SignRequest.$Shape} SignRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SignRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.SignRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Digest = value;
                        else
                            delete message.Digest;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Message = value;
                        else
                            delete message.Message;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.MessageType = value;
                        else
                            delete message.MessageType;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SignRequest;
    })();

    dkms.SignResponse = (function() {

        /**
         * Properties of a SignResponse.
         * @typedef {Object} dkms.SignResponse.$Properties
         * @property {string|null} [KeyId] SignResponse KeyId
         * @property {Uint8Array|null} [Signature] SignResponse Signature
         * @property {string|null} [RequestId] SignResponse RequestId
         * @property {string|null} [Algorithm] SignResponse Algorithm
         * @property {string|null} [MessageType] SignResponse MessageType
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SignResponse.
         * @memberof dkms
         * @interface ISignResponse
         * @augments dkms.SignResponse.$Properties
         * @deprecated Use dkms.SignResponse.$Properties instead.
         */

        /**
         * Shape of a SignResponse.
         * @typedef {dkms.SignResponse.$Properties} dkms.SignResponse.$Shape
         */

        /**
         * Constructs a new SignResponse.
         * @memberof dkms
         * @classdesc Represents a SignResponse.
         * @constructor
         * @param {dkms.SignResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SignResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SignResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.SignResponse
         * @instance
         */
        SignResponse.prototype.KeyId = "";

        /**
         * SignResponse Signature.
         * @member {Uint8Array} Signature
         * @memberof dkms.SignResponse
         * @instance
         */
        SignResponse.prototype.Signature = $util.newBuffer([]);

        /**
         * SignResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.SignResponse
         * @instance
         */
        SignResponse.prototype.RequestId = "";

        /**
         * SignResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.SignResponse
         * @instance
         */
        SignResponse.prototype.Algorithm = "";

        /**
         * SignResponse MessageType.
         * @member {string} MessageType
         * @memberof dkms.SignResponse
         * @instance
         */
        SignResponse.prototype.MessageType = "";

        /**
         * Encodes the specified SignResponse message. Does not implicitly {@link dkms.SignResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.SignResponse
         * @static
         * @param {dkms.SignResponse.$Properties} message SignResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SignResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Signature != null && $Object.hasOwnProperty.call(message, "Signature") && message.Signature.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Signature);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.Algorithm);
            if (message.MessageType != null && $Object.hasOwnProperty.call(message, "MessageType") && message.MessageType !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.MessageType);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SignResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.SignResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.SignResponse & dkms.SignResponse.$Shape} SignResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SignResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.SignResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Signature = value;
                        else
                            delete message.Signature;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.MessageType = value;
                        else
                            delete message.MessageType;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return SignResponse;
    })();

    dkms.VerifyRequest = (function() {

        /**
         * Properties of a VerifyRequest.
         * @typedef {Object} dkms.VerifyRequest.$Properties
         * @property {string|null} [KeyId] VerifyRequest KeyId
         * @property {Uint8Array|null} [Digest] VerifyRequest Digest
         * @property {Uint8Array|null} [Signature] VerifyRequest Signature
         * @property {string|null} [Algorithm] VerifyRequest Algorithm
         * @property {Uint8Array|null} [Message] VerifyRequest Message
         * @property {string|null} [MessageType] VerifyRequest MessageType
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a VerifyRequest.
         * @memberof dkms
         * @interface IVerifyRequest
         * @augments dkms.VerifyRequest.$Properties
         * @deprecated Use dkms.VerifyRequest.$Properties instead.
         */

        /**
         * Shape of a VerifyRequest.
         * @typedef {dkms.VerifyRequest.$Properties} dkms.VerifyRequest.$Shape
         */

        /**
         * Constructs a new VerifyRequest.
         * @memberof dkms
         * @classdesc Represents a VerifyRequest.
         * @constructor
         * @param {dkms.VerifyRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const VerifyRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * VerifyRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.VerifyRequest
         * @instance
         */
        VerifyRequest.prototype.KeyId = "";

        /**
         * VerifyRequest Digest.
         * @member {Uint8Array} Digest
         * @memberof dkms.VerifyRequest
         * @instance
         */
        VerifyRequest.prototype.Digest = $util.newBuffer([]);

        /**
         * VerifyRequest Signature.
         * @member {Uint8Array} Signature
         * @memberof dkms.VerifyRequest
         * @instance
         */
        VerifyRequest.prototype.Signature = $util.newBuffer([]);

        /**
         * VerifyRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.VerifyRequest
         * @instance
         */
        VerifyRequest.prototype.Algorithm = "";

        /**
         * VerifyRequest Message.
         * @member {Uint8Array} Message
         * @memberof dkms.VerifyRequest
         * @instance
         */
        VerifyRequest.prototype.Message = $util.newBuffer([]);

        /**
         * VerifyRequest MessageType.
         * @member {string} MessageType
         * @memberof dkms.VerifyRequest
         * @instance
         */
        VerifyRequest.prototype.MessageType = "";

        /**
         * Encodes the specified VerifyRequest message. Does not implicitly {@link dkms.VerifyRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.VerifyRequest
         * @static
         * @param {dkms.VerifyRequest.$Properties} message VerifyRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        VerifyRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Digest != null && $Object.hasOwnProperty.call(message, "Digest") && message.Digest.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Digest);
            if (message.Signature != null && $Object.hasOwnProperty.call(message, "Signature") && message.Signature.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.Signature);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.Algorithm);
            if (message.Message != null && $Object.hasOwnProperty.call(message, "Message") && message.Message.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Message);
            if (message.MessageType != null && $Object.hasOwnProperty.call(message, "MessageType") && message.MessageType !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.MessageType);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a VerifyRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.VerifyRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.VerifyRequest & dkms.VerifyRequest.$Shape} VerifyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        VerifyRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.VerifyRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Digest = value;
                        else
                            delete message.Digest;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Signature = value;
                        else
                            delete message.Signature;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Message = value;
                        else
                            delete message.Message;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.MessageType = value;
                        else
                            delete message.MessageType;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return VerifyRequest;
    })();

    dkms.VerifyResponse = (function() {

        /**
         * Properties of a VerifyResponse.
         * @typedef {Object} dkms.VerifyResponse.$Properties
         * @property {string|null} [KeyId] VerifyResponse KeyId
         * @property {boolean|null} [Value] VerifyResponse Value
         * @property {string|null} [RequestId] VerifyResponse RequestId
         * @property {string|null} [Algorithm] VerifyResponse Algorithm
         * @property {string|null} [MessageType] VerifyResponse MessageType
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a VerifyResponse.
         * @memberof dkms
         * @interface IVerifyResponse
         * @augments dkms.VerifyResponse.$Properties
         * @deprecated Use dkms.VerifyResponse.$Properties instead.
         */

        /**
         * Shape of a VerifyResponse.
         * @typedef {dkms.VerifyResponse.$Properties} dkms.VerifyResponse.$Shape
         */

        /**
         * Constructs a new VerifyResponse.
         * @memberof dkms
         * @classdesc Represents a VerifyResponse.
         * @constructor
         * @param {dkms.VerifyResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const VerifyResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * VerifyResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.VerifyResponse
         * @instance
         */
        VerifyResponse.prototype.KeyId = "";

        /**
         * VerifyResponse Value.
         * @member {boolean} Value
         * @memberof dkms.VerifyResponse
         * @instance
         */
        VerifyResponse.prototype.Value = false;

        /**
         * VerifyResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.VerifyResponse
         * @instance
         */
        VerifyResponse.prototype.RequestId = "";

        /**
         * VerifyResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.VerifyResponse
         * @instance
         */
        VerifyResponse.prototype.Algorithm = "";

        /**
         * VerifyResponse MessageType.
         * @member {string} MessageType
         * @memberof dkms.VerifyResponse
         * @instance
         */
        VerifyResponse.prototype.MessageType = "";

        /**
         * Encodes the specified VerifyResponse message. Does not implicitly {@link dkms.VerifyResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.VerifyResponse
         * @static
         * @param {dkms.VerifyResponse.$Properties} message VerifyResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        VerifyResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Value != null && $Object.hasOwnProperty.call(message, "Value") && message.Value !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.Value);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.Algorithm);
            if (message.MessageType != null && $Object.hasOwnProperty.call(message, "MessageType") && message.MessageType !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.MessageType);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a VerifyResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.VerifyResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.VerifyResponse & dkms.VerifyResponse.$Shape} VerifyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        VerifyResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.VerifyResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.Value = value;
                        else
                            delete message.Value;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.MessageType = value;
                        else
                            delete message.MessageType;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return VerifyResponse;
    })();

    dkms.HmacRequest = (function() {

        /**
         * Properties of a HmacRequest.
         * @typedef {Object} dkms.HmacRequest.$Properties
         * @property {string|null} [KeyId] HmacRequest KeyId
         * @property {Uint8Array|null} [Message] HmacRequest Message
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HmacRequest.
         * @memberof dkms
         * @interface IHmacRequest
         * @augments dkms.HmacRequest.$Properties
         * @deprecated Use dkms.HmacRequest.$Properties instead.
         */

        /**
         * Shape of a HmacRequest.
         * @typedef {dkms.HmacRequest.$Properties} dkms.HmacRequest.$Shape
         */

        /**
         * Constructs a new HmacRequest.
         * @memberof dkms
         * @classdesc Represents a HmacRequest.
         * @constructor
         * @param {dkms.HmacRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HmacRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HmacRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.HmacRequest
         * @instance
         */
        HmacRequest.prototype.KeyId = "";

        /**
         * HmacRequest Message.
         * @member {Uint8Array} Message
         * @memberof dkms.HmacRequest
         * @instance
         */
        HmacRequest.prototype.Message = $util.newBuffer([]);

        /**
         * Encodes the specified HmacRequest message. Does not implicitly {@link dkms.HmacRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.HmacRequest
         * @static
         * @param {dkms.HmacRequest.$Properties} message HmacRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HmacRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Message != null && $Object.hasOwnProperty.call(message, "Message") && message.Message.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Message);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HmacRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.HmacRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.HmacRequest & dkms.HmacRequest.$Shape} HmacRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HmacRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.HmacRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Message = value;
                        else
                            delete message.Message;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HmacRequest;
    })();

    dkms.HmacResponse = (function() {

        /**
         * Properties of a HmacResponse.
         * @typedef {Object} dkms.HmacResponse.$Properties
         * @property {string|null} [KeyId] HmacResponse KeyId
         * @property {Uint8Array|null} [Signature] HmacResponse Signature
         * @property {string|null} [RequestId] HmacResponse RequestId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a HmacResponse.
         * @memberof dkms
         * @interface IHmacResponse
         * @augments dkms.HmacResponse.$Properties
         * @deprecated Use dkms.HmacResponse.$Properties instead.
         */

        /**
         * Shape of a HmacResponse.
         * @typedef {dkms.HmacResponse.$Properties} dkms.HmacResponse.$Shape
         */

        /**
         * Constructs a new HmacResponse.
         * @memberof dkms
         * @classdesc Represents a HmacResponse.
         * @constructor
         * @param {dkms.HmacResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const HmacResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * HmacResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.HmacResponse
         * @instance
         */
        HmacResponse.prototype.KeyId = "";

        /**
         * HmacResponse Signature.
         * @member {Uint8Array} Signature
         * @memberof dkms.HmacResponse
         * @instance
         */
        HmacResponse.prototype.Signature = $util.newBuffer([]);

        /**
         * HmacResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.HmacResponse
         * @instance
         */
        HmacResponse.prototype.RequestId = "";

        /**
         * Encodes the specified HmacResponse message. Does not implicitly {@link dkms.HmacResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.HmacResponse
         * @static
         * @param {dkms.HmacResponse.$Properties} message HmacResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        HmacResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Signature != null && $Object.hasOwnProperty.call(message, "Signature") && message.Signature.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Signature);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.RequestId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a HmacResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.HmacResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.HmacResponse & dkms.HmacResponse.$Shape} HmacResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        HmacResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.HmacResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Signature = value;
                        else
                            delete message.Signature;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return HmacResponse;
    })();

    dkms.GenerateRandomRequest = (function() {

        /**
         * Properties of a GenerateRandomRequest.
         * @typedef {Object} dkms.GenerateRandomRequest.$Properties
         * @property {number|null} [Length] GenerateRandomRequest Length
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateRandomRequest.
         * @memberof dkms
         * @interface IGenerateRandomRequest
         * @augments dkms.GenerateRandomRequest.$Properties
         * @deprecated Use dkms.GenerateRandomRequest.$Properties instead.
         */

        /**
         * Shape of a GenerateRandomRequest.
         * @typedef {dkms.GenerateRandomRequest.$Properties} dkms.GenerateRandomRequest.$Shape
         */

        /**
         * Constructs a new GenerateRandomRequest.
         * @memberof dkms
         * @classdesc Represents a GenerateRandomRequest.
         * @constructor
         * @param {dkms.GenerateRandomRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateRandomRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateRandomRequest Length.
         * @member {number} Length
         * @memberof dkms.GenerateRandomRequest
         * @instance
         */
        GenerateRandomRequest.prototype.Length = 0;

        /**
         * Encodes the specified GenerateRandomRequest message. Does not implicitly {@link dkms.GenerateRandomRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateRandomRequest
         * @static
         * @param {dkms.GenerateRandomRequest.$Properties} message GenerateRandomRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateRandomRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.Length != null && $Object.hasOwnProperty.call(message, "Length") && message.Length !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.Length);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateRandomRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateRandomRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateRandomRequest & dkms.GenerateRandomRequest.$Shape} GenerateRandomRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateRandomRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateRandomRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.Length = value;
                        else
                            delete message.Length;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateRandomRequest;
    })();

    dkms.GenerateRandomResponse = (function() {

        /**
         * Properties of a GenerateRandomResponse.
         * @typedef {Object} dkms.GenerateRandomResponse.$Properties
         * @property {Uint8Array|null} [Random] GenerateRandomResponse Random
         * @property {string|null} [RequestId] GenerateRandomResponse RequestId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateRandomResponse.
         * @memberof dkms
         * @interface IGenerateRandomResponse
         * @augments dkms.GenerateRandomResponse.$Properties
         * @deprecated Use dkms.GenerateRandomResponse.$Properties instead.
         */

        /**
         * Shape of a GenerateRandomResponse.
         * @typedef {dkms.GenerateRandomResponse.$Properties} dkms.GenerateRandomResponse.$Shape
         */

        /**
         * Constructs a new GenerateRandomResponse.
         * @memberof dkms
         * @classdesc Represents a GenerateRandomResponse.
         * @constructor
         * @param {dkms.GenerateRandomResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateRandomResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateRandomResponse Random.
         * @member {Uint8Array} Random
         * @memberof dkms.GenerateRandomResponse
         * @instance
         */
        GenerateRandomResponse.prototype.Random = $util.newBuffer([]);

        /**
         * GenerateRandomResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.GenerateRandomResponse
         * @instance
         */
        GenerateRandomResponse.prototype.RequestId = "";

        /**
         * Encodes the specified GenerateRandomResponse message. Does not implicitly {@link dkms.GenerateRandomResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateRandomResponse
         * @static
         * @param {dkms.GenerateRandomResponse.$Properties} message GenerateRandomResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateRandomResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.Random != null && $Object.hasOwnProperty.call(message, "Random") && message.Random.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.Random);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.RequestId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateRandomResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateRandomResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateRandomResponse & dkms.GenerateRandomResponse.$Shape} GenerateRandomResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateRandomResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateRandomResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Random = value;
                        else
                            delete message.Random;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateRandomResponse;
    })();

    dkms.GenerateDataKeyRequest = (function() {

        /**
         * Properties of a GenerateDataKeyRequest.
         * @typedef {Object} dkms.GenerateDataKeyRequest.$Properties
         * @property {string|null} [KeyId] GenerateDataKeyRequest KeyId
         * @property {string|null} [Algorithm] GenerateDataKeyRequest Algorithm
         * @property {number|null} [NumberOfBytes] GenerateDataKeyRequest NumberOfBytes
         * @property {Uint8Array|null} [Aad] GenerateDataKeyRequest Aad
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateDataKeyRequest.
         * @memberof dkms
         * @interface IGenerateDataKeyRequest
         * @augments dkms.GenerateDataKeyRequest.$Properties
         * @deprecated Use dkms.GenerateDataKeyRequest.$Properties instead.
         */

        /**
         * Shape of a GenerateDataKeyRequest.
         * @typedef {dkms.GenerateDataKeyRequest.$Properties} dkms.GenerateDataKeyRequest.$Shape
         */

        /**
         * Constructs a new GenerateDataKeyRequest.
         * @memberof dkms
         * @classdesc Represents a GenerateDataKeyRequest.
         * @constructor
         * @param {dkms.GenerateDataKeyRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateDataKeyRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateDataKeyRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.GenerateDataKeyRequest
         * @instance
         */
        GenerateDataKeyRequest.prototype.KeyId = "";

        /**
         * GenerateDataKeyRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.GenerateDataKeyRequest
         * @instance
         */
        GenerateDataKeyRequest.prototype.Algorithm = "";

        /**
         * GenerateDataKeyRequest NumberOfBytes.
         * @member {number} NumberOfBytes
         * @memberof dkms.GenerateDataKeyRequest
         * @instance
         */
        GenerateDataKeyRequest.prototype.NumberOfBytes = 0;

        /**
         * GenerateDataKeyRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.GenerateDataKeyRequest
         * @instance
         */
        GenerateDataKeyRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * Encodes the specified GenerateDataKeyRequest message. Does not implicitly {@link dkms.GenerateDataKeyRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateDataKeyRequest
         * @static
         * @param {dkms.GenerateDataKeyRequest.$Properties} message GenerateDataKeyRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateDataKeyRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.Algorithm);
            if (message.NumberOfBytes != null && $Object.hasOwnProperty.call(message, "NumberOfBytes") && message.NumberOfBytes !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.NumberOfBytes);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateDataKeyRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateDataKeyRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyRequest & dkms.GenerateDataKeyRequest.$Shape} GenerateDataKeyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateDataKeyRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateDataKeyRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.NumberOfBytes = value;
                        else
                            delete message.NumberOfBytes;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateDataKeyRequest;
    })();

    dkms.GenerateDataKeyResponse = (function() {

        /**
         * Properties of a GenerateDataKeyResponse.
         * @typedef {Object} dkms.GenerateDataKeyResponse.$Properties
         * @property {string|null} [KeyId] GenerateDataKeyResponse KeyId
         * @property {Uint8Array|null} [Iv] GenerateDataKeyResponse Iv
         * @property {Uint8Array|null} [Plaintext] GenerateDataKeyResponse Plaintext
         * @property {Uint8Array|null} [CiphertextBlob] GenerateDataKeyResponse CiphertextBlob
         * @property {string|null} [RequestId] GenerateDataKeyResponse RequestId
         * @property {string|null} [Algorithm] GenerateDataKeyResponse Algorithm
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateDataKeyResponse.
         * @memberof dkms
         * @interface IGenerateDataKeyResponse
         * @augments dkms.GenerateDataKeyResponse.$Properties
         * @deprecated Use dkms.GenerateDataKeyResponse.$Properties instead.
         */

        /**
         * Shape of a GenerateDataKeyResponse.
         * @typedef {dkms.GenerateDataKeyResponse.$Properties} dkms.GenerateDataKeyResponse.$Shape
         */

        /**
         * Constructs a new GenerateDataKeyResponse.
         * @memberof dkms
         * @classdesc Represents a GenerateDataKeyResponse.
         * @constructor
         * @param {dkms.GenerateDataKeyResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateDataKeyResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateDataKeyResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.GenerateDataKeyResponse
         * @instance
         */
        GenerateDataKeyResponse.prototype.KeyId = "";

        /**
         * GenerateDataKeyResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.GenerateDataKeyResponse
         * @instance
         */
        GenerateDataKeyResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * GenerateDataKeyResponse Plaintext.
         * @member {Uint8Array} Plaintext
         * @memberof dkms.GenerateDataKeyResponse
         * @instance
         */
        GenerateDataKeyResponse.prototype.Plaintext = $util.newBuffer([]);

        /**
         * GenerateDataKeyResponse CiphertextBlob.
         * @member {Uint8Array} CiphertextBlob
         * @memberof dkms.GenerateDataKeyResponse
         * @instance
         */
        GenerateDataKeyResponse.prototype.CiphertextBlob = $util.newBuffer([]);

        /**
         * GenerateDataKeyResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.GenerateDataKeyResponse
         * @instance
         */
        GenerateDataKeyResponse.prototype.RequestId = "";

        /**
         * GenerateDataKeyResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.GenerateDataKeyResponse
         * @instance
         */
        GenerateDataKeyResponse.prototype.Algorithm = "";

        /**
         * Encodes the specified GenerateDataKeyResponse message. Does not implicitly {@link dkms.GenerateDataKeyResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateDataKeyResponse
         * @static
         * @param {dkms.GenerateDataKeyResponse.$Properties} message GenerateDataKeyResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateDataKeyResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Iv);
            if (message.Plaintext != null && $Object.hasOwnProperty.call(message, "Plaintext") && message.Plaintext.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.Plaintext);
            if (message.CiphertextBlob != null && $Object.hasOwnProperty.call(message, "CiphertextBlob") && message.CiphertextBlob.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.CiphertextBlob);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.Algorithm);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateDataKeyResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateDataKeyResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyResponse & dkms.GenerateDataKeyResponse.$Shape} GenerateDataKeyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateDataKeyResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateDataKeyResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Plaintext = value;
                        else
                            delete message.Plaintext;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.CiphertextBlob = value;
                        else
                            delete message.CiphertextBlob;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateDataKeyResponse;
    })();

    dkms.GetPublicKeyRequest = (function() {

        /**
         * Properties of a GetPublicKeyRequest.
         * @typedef {Object} dkms.GetPublicKeyRequest.$Properties
         * @property {string|null} [KeyId] GetPublicKeyRequest KeyId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GetPublicKeyRequest.
         * @memberof dkms
         * @interface IGetPublicKeyRequest
         * @augments dkms.GetPublicKeyRequest.$Properties
         * @deprecated Use dkms.GetPublicKeyRequest.$Properties instead.
         */

        /**
         * Shape of a GetPublicKeyRequest.
         * @typedef {dkms.GetPublicKeyRequest.$Properties} dkms.GetPublicKeyRequest.$Shape
         */

        /**
         * Constructs a new GetPublicKeyRequest.
         * @memberof dkms
         * @classdesc Represents a GetPublicKeyRequest.
         * @constructor
         * @param {dkms.GetPublicKeyRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GetPublicKeyRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GetPublicKeyRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.GetPublicKeyRequest
         * @instance
         */
        GetPublicKeyRequest.prototype.KeyId = "";

        /**
         * Encodes the specified GetPublicKeyRequest message. Does not implicitly {@link dkms.GetPublicKeyRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.GetPublicKeyRequest
         * @static
         * @param {dkms.GetPublicKeyRequest.$Properties} message GetPublicKeyRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GetPublicKeyRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GetPublicKeyRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GetPublicKeyRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GetPublicKeyRequest & dkms.GetPublicKeyRequest.$Shape} GetPublicKeyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GetPublicKeyRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GetPublicKeyRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GetPublicKeyRequest;
    })();

    dkms.GetPublicKeyResponse = (function() {

        /**
         * Properties of a GetPublicKeyResponse.
         * @typedef {Object} dkms.GetPublicKeyResponse.$Properties
         * @property {string|null} [KeyId] GetPublicKeyResponse KeyId
         * @property {string|null} [PublicKey] GetPublicKeyResponse PublicKey
         * @property {string|null} [RequestId] GetPublicKeyResponse RequestId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GetPublicKeyResponse.
         * @memberof dkms
         * @interface IGetPublicKeyResponse
         * @augments dkms.GetPublicKeyResponse.$Properties
         * @deprecated Use dkms.GetPublicKeyResponse.$Properties instead.
         */

        /**
         * Shape of a GetPublicKeyResponse.
         * @typedef {dkms.GetPublicKeyResponse.$Properties} dkms.GetPublicKeyResponse.$Shape
         */

        /**
         * Constructs a new GetPublicKeyResponse.
         * @memberof dkms
         * @classdesc Represents a GetPublicKeyResponse.
         * @constructor
         * @param {dkms.GetPublicKeyResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GetPublicKeyResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GetPublicKeyResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.GetPublicKeyResponse
         * @instance
         */
        GetPublicKeyResponse.prototype.KeyId = "";

        /**
         * GetPublicKeyResponse PublicKey.
         * @member {string} PublicKey
         * @memberof dkms.GetPublicKeyResponse
         * @instance
         */
        GetPublicKeyResponse.prototype.PublicKey = "";

        /**
         * GetPublicKeyResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.GetPublicKeyResponse
         * @instance
         */
        GetPublicKeyResponse.prototype.RequestId = "";

        /**
         * Encodes the specified GetPublicKeyResponse message. Does not implicitly {@link dkms.GetPublicKeyResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.GetPublicKeyResponse
         * @static
         * @param {dkms.GetPublicKeyResponse.$Properties} message GetPublicKeyResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GetPublicKeyResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.PublicKey != null && $Object.hasOwnProperty.call(message, "PublicKey") && message.PublicKey !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.PublicKey);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.RequestId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GetPublicKeyResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GetPublicKeyResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GetPublicKeyResponse & dkms.GetPublicKeyResponse.$Shape} GetPublicKeyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GetPublicKeyResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GetPublicKeyResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PublicKey = value;
                        else
                            delete message.PublicKey;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GetPublicKeyResponse;
    })();

    dkms.GetSecretValueRequest = (function() {

        /**
         * Properties of a GetSecretValueRequest.
         * @typedef {Object} dkms.GetSecretValueRequest.$Properties
         * @property {string|null} [SecretName] GetSecretValueRequest SecretName
         * @property {string|null} [VersionStage] GetSecretValueRequest VersionStage
         * @property {string|null} [VersionId] GetSecretValueRequest VersionId
         * @property {boolean|null} [FetchExtendedConfig] GetSecretValueRequest FetchExtendedConfig
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GetSecretValueRequest.
         * @memberof dkms
         * @interface IGetSecretValueRequest
         * @augments dkms.GetSecretValueRequest.$Properties
         * @deprecated Use dkms.GetSecretValueRequest.$Properties instead.
         */

        /**
         * Shape of a GetSecretValueRequest.
         * @typedef {dkms.GetSecretValueRequest.$Properties} dkms.GetSecretValueRequest.$Shape
         */

        /**
         * Constructs a new GetSecretValueRequest.
         * @memberof dkms
         * @classdesc Represents a GetSecretValueRequest.
         * @constructor
         * @param {dkms.GetSecretValueRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GetSecretValueRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GetSecretValueRequest SecretName.
         * @member {string} SecretName
         * @memberof dkms.GetSecretValueRequest
         * @instance
         */
        GetSecretValueRequest.prototype.SecretName = "";

        /**
         * GetSecretValueRequest VersionStage.
         * @member {string} VersionStage
         * @memberof dkms.GetSecretValueRequest
         * @instance
         */
        GetSecretValueRequest.prototype.VersionStage = "";

        /**
         * GetSecretValueRequest VersionId.
         * @member {string} VersionId
         * @memberof dkms.GetSecretValueRequest
         * @instance
         */
        GetSecretValueRequest.prototype.VersionId = "";

        /**
         * GetSecretValueRequest FetchExtendedConfig.
         * @member {boolean} FetchExtendedConfig
         * @memberof dkms.GetSecretValueRequest
         * @instance
         */
        GetSecretValueRequest.prototype.FetchExtendedConfig = false;

        /**
         * Encodes the specified GetSecretValueRequest message. Does not implicitly {@link dkms.GetSecretValueRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.GetSecretValueRequest
         * @static
         * @param {dkms.GetSecretValueRequest.$Properties} message GetSecretValueRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GetSecretValueRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.SecretName != null && $Object.hasOwnProperty.call(message, "SecretName") && message.SecretName !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.SecretName);
            if (message.VersionStage != null && $Object.hasOwnProperty.call(message, "VersionStage") && message.VersionStage !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.VersionStage);
            if (message.VersionId != null && $Object.hasOwnProperty.call(message, "VersionId") && message.VersionId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.VersionId);
            if (message.FetchExtendedConfig != null && $Object.hasOwnProperty.call(message, "FetchExtendedConfig") && message.FetchExtendedConfig !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.FetchExtendedConfig);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GetSecretValueRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GetSecretValueRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GetSecretValueRequest & dkms.GetSecretValueRequest.$Shape} GetSecretValueRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GetSecretValueRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GetSecretValueRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.SecretName = value;
                        else
                            delete message.SecretName;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.VersionStage = value;
                        else
                            delete message.VersionStage;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.VersionId = value;
                        else
                            delete message.VersionId;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.FetchExtendedConfig = value;
                        else
                            delete message.FetchExtendedConfig;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GetSecretValueRequest;
    })();

    dkms.GetSecretValueResponse = (function() {

        /**
         * Properties of a GetSecretValueResponse.
         * @typedef {Object} dkms.GetSecretValueResponse.$Properties
         * @property {string|null} [SecretName] GetSecretValueResponse SecretName
         * @property {string|null} [SecretType] GetSecretValueResponse SecretType
         * @property {string|null} [SecretData] GetSecretValueResponse SecretData
         * @property {string|null} [SecretDataType] GetSecretValueResponse SecretDataType
         * @property {Array.<string>|null} [VersionStages] GetSecretValueResponse VersionStages
         * @property {string|null} [VersionId] GetSecretValueResponse VersionId
         * @property {string|null} [CreateTime] GetSecretValueResponse CreateTime
         * @property {string|null} [RequestId] GetSecretValueResponse RequestId
         * @property {string|null} [LastRotationDate] GetSecretValueResponse LastRotationDate
         * @property {string|null} [NextRotationDate] GetSecretValueResponse NextRotationDate
         * @property {string|null} [ExtendedConfig] GetSecretValueResponse ExtendedConfig
         * @property {string|null} [AutomaticRotation] GetSecretValueResponse AutomaticRotation
         * @property {string|null} [RotationInterval] GetSecretValueResponse RotationInterval
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GetSecretValueResponse.
         * @memberof dkms
         * @interface IGetSecretValueResponse
         * @augments dkms.GetSecretValueResponse.$Properties
         * @deprecated Use dkms.GetSecretValueResponse.$Properties instead.
         */

        /**
         * Shape of a GetSecretValueResponse.
         * @typedef {dkms.GetSecretValueResponse.$Properties} dkms.GetSecretValueResponse.$Shape
         */

        /**
         * Constructs a new GetSecretValueResponse.
         * @memberof dkms
         * @classdesc Represents a GetSecretValueResponse.
         * @constructor
         * @param {dkms.GetSecretValueResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GetSecretValueResponse = function (properties) {
            this.VersionStages = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GetSecretValueResponse SecretName.
         * @member {string} SecretName
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.SecretName = "";

        /**
         * GetSecretValueResponse SecretType.
         * @member {string} SecretType
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.SecretType = "";

        /**
         * GetSecretValueResponse SecretData.
         * @member {string} SecretData
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.SecretData = "";

        /**
         * GetSecretValueResponse SecretDataType.
         * @member {string} SecretDataType
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.SecretDataType = "";

        /**
         * GetSecretValueResponse VersionStages.
         * @member {Array.<string>} VersionStages
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.VersionStages = $util.emptyArray;

        /**
         * GetSecretValueResponse VersionId.
         * @member {string} VersionId
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.VersionId = "";

        /**
         * GetSecretValueResponse CreateTime.
         * @member {string} CreateTime
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.CreateTime = "";

        /**
         * GetSecretValueResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.RequestId = "";

        /**
         * GetSecretValueResponse LastRotationDate.
         * @member {string} LastRotationDate
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.LastRotationDate = "";

        /**
         * GetSecretValueResponse NextRotationDate.
         * @member {string} NextRotationDate
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.NextRotationDate = "";

        /**
         * GetSecretValueResponse ExtendedConfig.
         * @member {string} ExtendedConfig
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.ExtendedConfig = "";

        /**
         * GetSecretValueResponse AutomaticRotation.
         * @member {string} AutomaticRotation
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.AutomaticRotation = "";

        /**
         * GetSecretValueResponse RotationInterval.
         * @member {string} RotationInterval
         * @memberof dkms.GetSecretValueResponse
         * @instance
         */
        GetSecretValueResponse.prototype.RotationInterval = "";

        /**
         * Encodes the specified GetSecretValueResponse message. Does not implicitly {@link dkms.GetSecretValueResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.GetSecretValueResponse
         * @static
         * @param {dkms.GetSecretValueResponse.$Properties} message GetSecretValueResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GetSecretValueResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.SecretName != null && $Object.hasOwnProperty.call(message, "SecretName") && message.SecretName !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.SecretName);
            if (message.SecretType != null && $Object.hasOwnProperty.call(message, "SecretType") && message.SecretType !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.SecretType);
            if (message.SecretData != null && $Object.hasOwnProperty.call(message, "SecretData") && message.SecretData !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.SecretData);
            if (message.SecretDataType != null && $Object.hasOwnProperty.call(message, "SecretDataType") && message.SecretDataType !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.SecretDataType);
            if (message.VersionStages != null && message.VersionStages.length)
                for (let i = 0; i < message.VersionStages.length; ++i)
                    writer.uint32(/* id 5, wireType 2 =*/42).string(message.VersionStages[i]);
            if (message.VersionId != null && $Object.hasOwnProperty.call(message, "VersionId") && message.VersionId !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.VersionId);
            if (message.CreateTime != null && $Object.hasOwnProperty.call(message, "CreateTime") && message.CreateTime !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.CreateTime);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.RequestId);
            if (message.LastRotationDate != null && $Object.hasOwnProperty.call(message, "LastRotationDate") && message.LastRotationDate !== "")
                writer.uint32(/* id 9, wireType 2 =*/74).string(message.LastRotationDate);
            if (message.NextRotationDate != null && $Object.hasOwnProperty.call(message, "NextRotationDate") && message.NextRotationDate !== "")
                writer.uint32(/* id 10, wireType 2 =*/82).string(message.NextRotationDate);
            if (message.ExtendedConfig != null && $Object.hasOwnProperty.call(message, "ExtendedConfig") && message.ExtendedConfig !== "")
                writer.uint32(/* id 11, wireType 2 =*/90).string(message.ExtendedConfig);
            if (message.AutomaticRotation != null && $Object.hasOwnProperty.call(message, "AutomaticRotation") && message.AutomaticRotation !== "")
                writer.uint32(/* id 12, wireType 2 =*/98).string(message.AutomaticRotation);
            if (message.RotationInterval != null && $Object.hasOwnProperty.call(message, "RotationInterval") && message.RotationInterval !== "")
                writer.uint32(/* id 13, wireType 2 =*/106).string(message.RotationInterval);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GetSecretValueResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GetSecretValueResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GetSecretValueResponse & dkms.GetSecretValueResponse.$Shape} GetSecretValueResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GetSecretValueResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GetSecretValueResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.SecretName = value;
                        else
                            delete message.SecretName;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.SecretType = value;
                        else
                            delete message.SecretType;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.SecretData = value;
                        else
                            delete message.SecretData;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.SecretDataType = value;
                        else
                            delete message.SecretDataType;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.VersionStages && message.VersionStages.length))
                            message.VersionStages = [];
                        message.VersionStages.push(reader.stringVerify());
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.VersionId = value;
                        else
                            delete message.VersionId;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.CreateTime = value;
                        else
                            delete message.CreateTime;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.LastRotationDate = value;
                        else
                            delete message.LastRotationDate;
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.NextRotationDate = value;
                        else
                            delete message.NextRotationDate;
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ExtendedConfig = value;
                        else
                            delete message.ExtendedConfig;
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.AutomaticRotation = value;
                        else
                            delete message.AutomaticRotation;
                        continue;
                    }
                case 13: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RotationInterval = value;
                        else
                            delete message.RotationInterval;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GetSecretValueResponse;
    })();

    dkms.AdvanceEncryptRequest = (function() {

        /**
         * Properties of an AdvanceEncryptRequest.
         * @typedef {Object} dkms.AdvanceEncryptRequest.$Properties
         * @property {string|null} [KeyId] AdvanceEncryptRequest KeyId
         * @property {Uint8Array|null} [Plaintext] AdvanceEncryptRequest Plaintext
         * @property {string|null} [Algorithm] AdvanceEncryptRequest Algorithm
         * @property {Uint8Array|null} [Aad] AdvanceEncryptRequest Aad
         * @property {Uint8Array|null} [Iv] AdvanceEncryptRequest Iv
         * @property {string|null} [PaddingMode] AdvanceEncryptRequest PaddingMode
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceEncryptRequest.
         * @memberof dkms
         * @interface IAdvanceEncryptRequest
         * @augments dkms.AdvanceEncryptRequest.$Properties
         * @deprecated Use dkms.AdvanceEncryptRequest.$Properties instead.
         */

        /**
         * Shape of an AdvanceEncryptRequest.
         * @typedef {dkms.AdvanceEncryptRequest.$Properties} dkms.AdvanceEncryptRequest.$Shape
         */

        /**
         * Constructs a new AdvanceEncryptRequest.
         * @memberof dkms
         * @classdesc Represents an AdvanceEncryptRequest.
         * @constructor
         * @param {dkms.AdvanceEncryptRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceEncryptRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceEncryptRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceEncryptRequest
         * @instance
         */
        AdvanceEncryptRequest.prototype.KeyId = "";

        /**
         * AdvanceEncryptRequest Plaintext.
         * @member {Uint8Array} Plaintext
         * @memberof dkms.AdvanceEncryptRequest
         * @instance
         */
        AdvanceEncryptRequest.prototype.Plaintext = $util.newBuffer([]);

        /**
         * AdvanceEncryptRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceEncryptRequest
         * @instance
         */
        AdvanceEncryptRequest.prototype.Algorithm = "";

        /**
         * AdvanceEncryptRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.AdvanceEncryptRequest
         * @instance
         */
        AdvanceEncryptRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * AdvanceEncryptRequest Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.AdvanceEncryptRequest
         * @instance
         */
        AdvanceEncryptRequest.prototype.Iv = $util.newBuffer([]);

        /**
         * AdvanceEncryptRequest PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.AdvanceEncryptRequest
         * @instance
         */
        AdvanceEncryptRequest.prototype.PaddingMode = "";

        /**
         * Encodes the specified AdvanceEncryptRequest message. Does not implicitly {@link dkms.AdvanceEncryptRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceEncryptRequest
         * @static
         * @param {dkms.AdvanceEncryptRequest.$Properties} message AdvanceEncryptRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceEncryptRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Plaintext != null && $Object.hasOwnProperty.call(message, "Plaintext") && message.Plaintext.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Plaintext);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.Algorithm);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Iv);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.PaddingMode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceEncryptRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceEncryptRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceEncryptRequest & dkms.AdvanceEncryptRequest.$Shape} AdvanceEncryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceEncryptRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceEncryptRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Plaintext = value;
                        else
                            delete message.Plaintext;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceEncryptRequest;
    })();

    dkms.AdvanceEncryptResponse = (function() {

        /**
         * Properties of an AdvanceEncryptResponse.
         * @typedef {Object} dkms.AdvanceEncryptResponse.$Properties
         * @property {string|null} [KeyId] AdvanceEncryptResponse KeyId
         * @property {Uint8Array|null} [CiphertextBlob] AdvanceEncryptResponse CiphertextBlob
         * @property {Uint8Array|null} [Iv] AdvanceEncryptResponse Iv
         * @property {string|null} [RequestId] AdvanceEncryptResponse RequestId
         * @property {string|null} [Algorithm] AdvanceEncryptResponse Algorithm
         * @property {string|null} [PaddingMode] AdvanceEncryptResponse PaddingMode
         * @property {string|null} [KeyVersionId] AdvanceEncryptResponse KeyVersionId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceEncryptResponse.
         * @memberof dkms
         * @interface IAdvanceEncryptResponse
         * @augments dkms.AdvanceEncryptResponse.$Properties
         * @deprecated Use dkms.AdvanceEncryptResponse.$Properties instead.
         */

        /**
         * Shape of an AdvanceEncryptResponse.
         * @typedef {dkms.AdvanceEncryptResponse.$Properties} dkms.AdvanceEncryptResponse.$Shape
         */

        /**
         * Constructs a new AdvanceEncryptResponse.
         * @memberof dkms
         * @classdesc Represents an AdvanceEncryptResponse.
         * @constructor
         * @param {dkms.AdvanceEncryptResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceEncryptResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceEncryptResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.KeyId = "";

        /**
         * AdvanceEncryptResponse CiphertextBlob.
         * @member {Uint8Array} CiphertextBlob
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.CiphertextBlob = $util.newBuffer([]);

        /**
         * AdvanceEncryptResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * AdvanceEncryptResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.RequestId = "";

        /**
         * AdvanceEncryptResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.Algorithm = "";

        /**
         * AdvanceEncryptResponse PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.PaddingMode = "";

        /**
         * AdvanceEncryptResponse KeyVersionId.
         * @member {string} KeyVersionId
         * @memberof dkms.AdvanceEncryptResponse
         * @instance
         */
        AdvanceEncryptResponse.prototype.KeyVersionId = "";

        /**
         * Encodes the specified AdvanceEncryptResponse message. Does not implicitly {@link dkms.AdvanceEncryptResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceEncryptResponse
         * @static
         * @param {dkms.AdvanceEncryptResponse.$Properties} message AdvanceEncryptResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceEncryptResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.CiphertextBlob != null && $Object.hasOwnProperty.call(message, "CiphertextBlob") && message.CiphertextBlob.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.CiphertextBlob);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.Iv);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.Algorithm);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.PaddingMode);
            if (message.KeyVersionId != null && $Object.hasOwnProperty.call(message, "KeyVersionId") && message.KeyVersionId !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.KeyVersionId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceEncryptResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceEncryptResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceEncryptResponse & dkms.AdvanceEncryptResponse.$Shape} AdvanceEncryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceEncryptResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceEncryptResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.CiphertextBlob = value;
                        else
                            delete message.CiphertextBlob;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyVersionId = value;
                        else
                            delete message.KeyVersionId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceEncryptResponse;
    })();

    dkms.AdvanceDecryptRequest = (function() {

        /**
         * Properties of an AdvanceDecryptRequest.
         * @typedef {Object} dkms.AdvanceDecryptRequest.$Properties
         * @property {Uint8Array|null} [CiphertextBlob] AdvanceDecryptRequest CiphertextBlob
         * @property {string|null} [KeyId] AdvanceDecryptRequest KeyId
         * @property {string|null} [Algorithm] AdvanceDecryptRequest Algorithm
         * @property {Uint8Array|null} [Aad] AdvanceDecryptRequest Aad
         * @property {Uint8Array|null} [Iv] AdvanceDecryptRequest Iv
         * @property {string|null} [PaddingMode] AdvanceDecryptRequest PaddingMode
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceDecryptRequest.
         * @memberof dkms
         * @interface IAdvanceDecryptRequest
         * @augments dkms.AdvanceDecryptRequest.$Properties
         * @deprecated Use dkms.AdvanceDecryptRequest.$Properties instead.
         */

        /**
         * Shape of an AdvanceDecryptRequest.
         * @typedef {dkms.AdvanceDecryptRequest.$Properties} dkms.AdvanceDecryptRequest.$Shape
         */

        /**
         * Constructs a new AdvanceDecryptRequest.
         * @memberof dkms
         * @classdesc Represents an AdvanceDecryptRequest.
         * @constructor
         * @param {dkms.AdvanceDecryptRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceDecryptRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceDecryptRequest CiphertextBlob.
         * @member {Uint8Array} CiphertextBlob
         * @memberof dkms.AdvanceDecryptRequest
         * @instance
         */
        AdvanceDecryptRequest.prototype.CiphertextBlob = $util.newBuffer([]);

        /**
         * AdvanceDecryptRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceDecryptRequest
         * @instance
         */
        AdvanceDecryptRequest.prototype.KeyId = "";

        /**
         * AdvanceDecryptRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceDecryptRequest
         * @instance
         */
        AdvanceDecryptRequest.prototype.Algorithm = "";

        /**
         * AdvanceDecryptRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.AdvanceDecryptRequest
         * @instance
         */
        AdvanceDecryptRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * AdvanceDecryptRequest Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.AdvanceDecryptRequest
         * @instance
         */
        AdvanceDecryptRequest.prototype.Iv = $util.newBuffer([]);

        /**
         * AdvanceDecryptRequest PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.AdvanceDecryptRequest
         * @instance
         */
        AdvanceDecryptRequest.prototype.PaddingMode = "";

        /**
         * Encodes the specified AdvanceDecryptRequest message. Does not implicitly {@link dkms.AdvanceDecryptRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceDecryptRequest
         * @static
         * @param {dkms.AdvanceDecryptRequest.$Properties} message AdvanceDecryptRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceDecryptRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.CiphertextBlob != null && $Object.hasOwnProperty.call(message, "CiphertextBlob") && message.CiphertextBlob.length)
                writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.CiphertextBlob);
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.KeyId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.Algorithm);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Iv);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.PaddingMode);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceDecryptRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceDecryptRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceDecryptRequest & dkms.AdvanceDecryptRequest.$Shape} AdvanceDecryptRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceDecryptRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceDecryptRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.CiphertextBlob = value;
                        else
                            delete message.CiphertextBlob;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceDecryptRequest;
    })();

    dkms.AdvanceDecryptResponse = (function() {

        /**
         * Properties of an AdvanceDecryptResponse.
         * @typedef {Object} dkms.AdvanceDecryptResponse.$Properties
         * @property {string|null} [KeyId] AdvanceDecryptResponse KeyId
         * @property {Uint8Array|null} [Plaintext] AdvanceDecryptResponse Plaintext
         * @property {string|null} [RequestId] AdvanceDecryptResponse RequestId
         * @property {string|null} [Algorithm] AdvanceDecryptResponse Algorithm
         * @property {string|null} [PaddingMode] AdvanceDecryptResponse PaddingMode
         * @property {string|null} [KeyVersionId] AdvanceDecryptResponse KeyVersionId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceDecryptResponse.
         * @memberof dkms
         * @interface IAdvanceDecryptResponse
         * @augments dkms.AdvanceDecryptResponse.$Properties
         * @deprecated Use dkms.AdvanceDecryptResponse.$Properties instead.
         */

        /**
         * Shape of an AdvanceDecryptResponse.
         * @typedef {dkms.AdvanceDecryptResponse.$Properties} dkms.AdvanceDecryptResponse.$Shape
         */

        /**
         * Constructs a new AdvanceDecryptResponse.
         * @memberof dkms
         * @classdesc Represents an AdvanceDecryptResponse.
         * @constructor
         * @param {dkms.AdvanceDecryptResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceDecryptResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceDecryptResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceDecryptResponse
         * @instance
         */
        AdvanceDecryptResponse.prototype.KeyId = "";

        /**
         * AdvanceDecryptResponse Plaintext.
         * @member {Uint8Array} Plaintext
         * @memberof dkms.AdvanceDecryptResponse
         * @instance
         */
        AdvanceDecryptResponse.prototype.Plaintext = $util.newBuffer([]);

        /**
         * AdvanceDecryptResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.AdvanceDecryptResponse
         * @instance
         */
        AdvanceDecryptResponse.prototype.RequestId = "";

        /**
         * AdvanceDecryptResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceDecryptResponse
         * @instance
         */
        AdvanceDecryptResponse.prototype.Algorithm = "";

        /**
         * AdvanceDecryptResponse PaddingMode.
         * @member {string} PaddingMode
         * @memberof dkms.AdvanceDecryptResponse
         * @instance
         */
        AdvanceDecryptResponse.prototype.PaddingMode = "";

        /**
         * AdvanceDecryptResponse KeyVersionId.
         * @member {string} KeyVersionId
         * @memberof dkms.AdvanceDecryptResponse
         * @instance
         */
        AdvanceDecryptResponse.prototype.KeyVersionId = "";

        /**
         * Encodes the specified AdvanceDecryptResponse message. Does not implicitly {@link dkms.AdvanceDecryptResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceDecryptResponse
         * @static
         * @param {dkms.AdvanceDecryptResponse.$Properties} message AdvanceDecryptResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceDecryptResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Plaintext != null && $Object.hasOwnProperty.call(message, "Plaintext") && message.Plaintext.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Plaintext);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.Algorithm);
            if (message.PaddingMode != null && $Object.hasOwnProperty.call(message, "PaddingMode") && message.PaddingMode !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.PaddingMode);
            if (message.KeyVersionId != null && $Object.hasOwnProperty.call(message, "KeyVersionId") && message.KeyVersionId !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.KeyVersionId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceDecryptResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceDecryptResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceDecryptResponse & dkms.AdvanceDecryptResponse.$Shape} AdvanceDecryptResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceDecryptResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceDecryptResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Plaintext = value;
                        else
                            delete message.Plaintext;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.PaddingMode = value;
                        else
                            delete message.PaddingMode;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyVersionId = value;
                        else
                            delete message.KeyVersionId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceDecryptResponse;
    })();

    dkms.AdvanceGenerateDataKeyRequest = (function() {

        /**
         * Properties of an AdvanceGenerateDataKeyRequest.
         * @typedef {Object} dkms.AdvanceGenerateDataKeyRequest.$Properties
         * @property {string|null} [KeyId] AdvanceGenerateDataKeyRequest KeyId
         * @property {number|null} [NumberOfBytes] AdvanceGenerateDataKeyRequest NumberOfBytes
         * @property {Uint8Array|null} [Aad] AdvanceGenerateDataKeyRequest Aad
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceGenerateDataKeyRequest.
         * @memberof dkms
         * @interface IAdvanceGenerateDataKeyRequest
         * @augments dkms.AdvanceGenerateDataKeyRequest.$Properties
         * @deprecated Use dkms.AdvanceGenerateDataKeyRequest.$Properties instead.
         */

        /**
         * Shape of an AdvanceGenerateDataKeyRequest.
         * @typedef {dkms.AdvanceGenerateDataKeyRequest.$Properties} dkms.AdvanceGenerateDataKeyRequest.$Shape
         */

        /**
         * Constructs a new AdvanceGenerateDataKeyRequest.
         * @memberof dkms
         * @classdesc Represents an AdvanceGenerateDataKeyRequest.
         * @constructor
         * @param {dkms.AdvanceGenerateDataKeyRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceGenerateDataKeyRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceGenerateDataKeyRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceGenerateDataKeyRequest
         * @instance
         */
        AdvanceGenerateDataKeyRequest.prototype.KeyId = "";

        /**
         * AdvanceGenerateDataKeyRequest NumberOfBytes.
         * @member {number} NumberOfBytes
         * @memberof dkms.AdvanceGenerateDataKeyRequest
         * @instance
         */
        AdvanceGenerateDataKeyRequest.prototype.NumberOfBytes = 0;

        /**
         * AdvanceGenerateDataKeyRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.AdvanceGenerateDataKeyRequest
         * @instance
         */
        AdvanceGenerateDataKeyRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * Encodes the specified AdvanceGenerateDataKeyRequest message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceGenerateDataKeyRequest
         * @static
         * @param {dkms.AdvanceGenerateDataKeyRequest.$Properties} message AdvanceGenerateDataKeyRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceGenerateDataKeyRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.NumberOfBytes != null && $Object.hasOwnProperty.call(message, "NumberOfBytes") && message.NumberOfBytes !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).int32(message.NumberOfBytes);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.Aad);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceGenerateDataKeyRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceGenerateDataKeyRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyRequest & dkms.AdvanceGenerateDataKeyRequest.$Shape} AdvanceGenerateDataKeyRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceGenerateDataKeyRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceGenerateDataKeyRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.NumberOfBytes = value;
                        else
                            delete message.NumberOfBytes;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceGenerateDataKeyRequest;
    })();

    dkms.AdvanceGenerateDataKeyResponse = (function() {

        /**
         * Properties of an AdvanceGenerateDataKeyResponse.
         * @typedef {Object} dkms.AdvanceGenerateDataKeyResponse.$Properties
         * @property {string|null} [KeyId] AdvanceGenerateDataKeyResponse KeyId
         * @property {Uint8Array|null} [Iv] AdvanceGenerateDataKeyResponse Iv
         * @property {Uint8Array|null} [Plaintext] AdvanceGenerateDataKeyResponse Plaintext
         * @property {Uint8Array|null} [CiphertextBlob] AdvanceGenerateDataKeyResponse CiphertextBlob
         * @property {string|null} [RequestId] AdvanceGenerateDataKeyResponse RequestId
         * @property {string|null} [Algorithm] AdvanceGenerateDataKeyResponse Algorithm
         * @property {string|null} [KeyVersionId] AdvanceGenerateDataKeyResponse KeyVersionId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceGenerateDataKeyResponse.
         * @memberof dkms
         * @interface IAdvanceGenerateDataKeyResponse
         * @augments dkms.AdvanceGenerateDataKeyResponse.$Properties
         * @deprecated Use dkms.AdvanceGenerateDataKeyResponse.$Properties instead.
         */

        /**
         * Shape of an AdvanceGenerateDataKeyResponse.
         * @typedef {dkms.AdvanceGenerateDataKeyResponse.$Properties} dkms.AdvanceGenerateDataKeyResponse.$Shape
         */

        /**
         * Constructs a new AdvanceGenerateDataKeyResponse.
         * @memberof dkms
         * @classdesc Represents an AdvanceGenerateDataKeyResponse.
         * @constructor
         * @param {dkms.AdvanceGenerateDataKeyResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceGenerateDataKeyResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceGenerateDataKeyResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.KeyId = "";

        /**
         * AdvanceGenerateDataKeyResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyResponse Plaintext.
         * @member {Uint8Array} Plaintext
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.Plaintext = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyResponse CiphertextBlob.
         * @member {Uint8Array} CiphertextBlob
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.CiphertextBlob = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.RequestId = "";

        /**
         * AdvanceGenerateDataKeyResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.Algorithm = "";

        /**
         * AdvanceGenerateDataKeyResponse KeyVersionId.
         * @member {string} KeyVersionId
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @instance
         */
        AdvanceGenerateDataKeyResponse.prototype.KeyVersionId = "";

        /**
         * Encodes the specified AdvanceGenerateDataKeyResponse message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @static
         * @param {dkms.AdvanceGenerateDataKeyResponse.$Properties} message AdvanceGenerateDataKeyResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceGenerateDataKeyResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Iv);
            if (message.Plaintext != null && $Object.hasOwnProperty.call(message, "Plaintext") && message.Plaintext.length)
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.Plaintext);
            if (message.CiphertextBlob != null && $Object.hasOwnProperty.call(message, "CiphertextBlob") && message.CiphertextBlob.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.CiphertextBlob);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.Algorithm);
            if (message.KeyVersionId != null && $Object.hasOwnProperty.call(message, "KeyVersionId") && message.KeyVersionId !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.KeyVersionId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceGenerateDataKeyResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceGenerateDataKeyResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyResponse & dkms.AdvanceGenerateDataKeyResponse.$Shape} AdvanceGenerateDataKeyResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceGenerateDataKeyResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceGenerateDataKeyResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Plaintext = value;
                        else
                            delete message.Plaintext;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.CiphertextBlob = value;
                        else
                            delete message.CiphertextBlob;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyVersionId = value;
                        else
                            delete message.KeyVersionId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceGenerateDataKeyResponse;
    })();

    dkms.GenerateDataKeyPairRequest = (function() {

        /**
         * Properties of a GenerateDataKeyPairRequest.
         * @typedef {Object} dkms.GenerateDataKeyPairRequest.$Properties
         * @property {string|null} [KeyId] GenerateDataKeyPairRequest KeyId
         * @property {string|null} [Algorithm] GenerateDataKeyPairRequest Algorithm
         * @property {string|null} [KeyPairSpec] GenerateDataKeyPairRequest KeyPairSpec
         * @property {string|null} [KeyFormat] GenerateDataKeyPairRequest KeyFormat
         * @property {Uint8Array|null} [Aad] GenerateDataKeyPairRequest Aad
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateDataKeyPairRequest.
         * @memberof dkms
         * @interface IGenerateDataKeyPairRequest
         * @augments dkms.GenerateDataKeyPairRequest.$Properties
         * @deprecated Use dkms.GenerateDataKeyPairRequest.$Properties instead.
         */

        /**
         * Shape of a GenerateDataKeyPairRequest.
         * @typedef {dkms.GenerateDataKeyPairRequest.$Properties} dkms.GenerateDataKeyPairRequest.$Shape
         */

        /**
         * Constructs a new GenerateDataKeyPairRequest.
         * @memberof dkms
         * @classdesc Represents a GenerateDataKeyPairRequest.
         * @constructor
         * @param {dkms.GenerateDataKeyPairRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateDataKeyPairRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateDataKeyPairRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.GenerateDataKeyPairRequest
         * @instance
         */
        GenerateDataKeyPairRequest.prototype.KeyId = "";

        /**
         * GenerateDataKeyPairRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.GenerateDataKeyPairRequest
         * @instance
         */
        GenerateDataKeyPairRequest.prototype.Algorithm = "";

        /**
         * GenerateDataKeyPairRequest KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.GenerateDataKeyPairRequest
         * @instance
         */
        GenerateDataKeyPairRequest.prototype.KeyPairSpec = "";

        /**
         * GenerateDataKeyPairRequest KeyFormat.
         * @member {string} KeyFormat
         * @memberof dkms.GenerateDataKeyPairRequest
         * @instance
         */
        GenerateDataKeyPairRequest.prototype.KeyFormat = "";

        /**
         * GenerateDataKeyPairRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.GenerateDataKeyPairRequest
         * @instance
         */
        GenerateDataKeyPairRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * Encodes the specified GenerateDataKeyPairRequest message. Does not implicitly {@link dkms.GenerateDataKeyPairRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateDataKeyPairRequest
         * @static
         * @param {dkms.GenerateDataKeyPairRequest.$Properties} message GenerateDataKeyPairRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateDataKeyPairRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.Algorithm);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyPairSpec);
            if (message.KeyFormat != null && $Object.hasOwnProperty.call(message, "KeyFormat") && message.KeyFormat !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.KeyFormat);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Aad);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateDataKeyPairRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateDataKeyPairRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairRequest & dkms.GenerateDataKeyPairRequest.$Shape} GenerateDataKeyPairRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateDataKeyPairRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateDataKeyPairRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyFormat = value;
                        else
                            delete message.KeyFormat;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateDataKeyPairRequest;
    })();

    dkms.GenerateDataKeyPairResponse = (function() {

        /**
         * Properties of a GenerateDataKeyPairResponse.
         * @typedef {Object} dkms.GenerateDataKeyPairResponse.$Properties
         * @property {string|null} [KeyId] GenerateDataKeyPairResponse KeyId
         * @property {Uint8Array|null} [Iv] GenerateDataKeyPairResponse Iv
         * @property {string|null} [KeyPairSpec] GenerateDataKeyPairResponse KeyPairSpec
         * @property {Uint8Array|null} [PrivateKeyPlaintext] GenerateDataKeyPairResponse PrivateKeyPlaintext
         * @property {Uint8Array|null} [PrivateKeyCiphertextBlob] GenerateDataKeyPairResponse PrivateKeyCiphertextBlob
         * @property {Uint8Array|null} [PublicKey] GenerateDataKeyPairResponse PublicKey
         * @property {string|null} [RequestId] GenerateDataKeyPairResponse RequestId
         * @property {string|null} [Algorithm] GenerateDataKeyPairResponse Algorithm
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateDataKeyPairResponse.
         * @memberof dkms
         * @interface IGenerateDataKeyPairResponse
         * @augments dkms.GenerateDataKeyPairResponse.$Properties
         * @deprecated Use dkms.GenerateDataKeyPairResponse.$Properties instead.
         */

        /**
         * Shape of a GenerateDataKeyPairResponse.
         * @typedef {dkms.GenerateDataKeyPairResponse.$Properties} dkms.GenerateDataKeyPairResponse.$Shape
         */

        /**
         * Constructs a new GenerateDataKeyPairResponse.
         * @memberof dkms
         * @classdesc Represents a GenerateDataKeyPairResponse.
         * @constructor
         * @param {dkms.GenerateDataKeyPairResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateDataKeyPairResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateDataKeyPairResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.KeyId = "";

        /**
         * GenerateDataKeyPairResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairResponse KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.KeyPairSpec = "";

        /**
         * GenerateDataKeyPairResponse PrivateKeyPlaintext.
         * @member {Uint8Array} PrivateKeyPlaintext
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.PrivateKeyPlaintext = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairResponse PrivateKeyCiphertextBlob.
         * @member {Uint8Array} PrivateKeyCiphertextBlob
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.PrivateKeyCiphertextBlob = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairResponse PublicKey.
         * @member {Uint8Array} PublicKey
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.PublicKey = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.RequestId = "";

        /**
         * GenerateDataKeyPairResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.GenerateDataKeyPairResponse
         * @instance
         */
        GenerateDataKeyPairResponse.prototype.Algorithm = "";

        /**
         * Encodes the specified GenerateDataKeyPairResponse message. Does not implicitly {@link dkms.GenerateDataKeyPairResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateDataKeyPairResponse
         * @static
         * @param {dkms.GenerateDataKeyPairResponse.$Properties} message GenerateDataKeyPairResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateDataKeyPairResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Iv);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyPairSpec);
            if (message.PrivateKeyPlaintext != null && $Object.hasOwnProperty.call(message, "PrivateKeyPlaintext") && message.PrivateKeyPlaintext.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.PrivateKeyPlaintext);
            if (message.PrivateKeyCiphertextBlob != null && $Object.hasOwnProperty.call(message, "PrivateKeyCiphertextBlob") && message.PrivateKeyCiphertextBlob.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.PrivateKeyCiphertextBlob);
            if (message.PublicKey != null && $Object.hasOwnProperty.call(message, "PublicKey") && message.PublicKey.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.PublicKey);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.Algorithm);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateDataKeyPairResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateDataKeyPairResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairResponse & dkms.GenerateDataKeyPairResponse.$Shape} GenerateDataKeyPairResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateDataKeyPairResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateDataKeyPairResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PrivateKeyPlaintext = value;
                        else
                            delete message.PrivateKeyPlaintext;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PrivateKeyCiphertextBlob = value;
                        else
                            delete message.PrivateKeyCiphertextBlob;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PublicKey = value;
                        else
                            delete message.PublicKey;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateDataKeyPairResponse;
    })();

    dkms.GenerateDataKeyPairWithoutPlaintextRequest = (function() {

        /**
         * Properties of a GenerateDataKeyPairWithoutPlaintextRequest.
         * @typedef {Object} dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties
         * @property {string|null} [KeyId] GenerateDataKeyPairWithoutPlaintextRequest KeyId
         * @property {string|null} [Algorithm] GenerateDataKeyPairWithoutPlaintextRequest Algorithm
         * @property {string|null} [KeyPairSpec] GenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec
         * @property {string|null} [KeyFormat] GenerateDataKeyPairWithoutPlaintextRequest KeyFormat
         * @property {Uint8Array|null} [Aad] GenerateDataKeyPairWithoutPlaintextRequest Aad
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateDataKeyPairWithoutPlaintextRequest.
         * @memberof dkms
         * @interface IGenerateDataKeyPairWithoutPlaintextRequest
         * @augments dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties
         * @deprecated Use dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties instead.
         */

        /**
         * Shape of a GenerateDataKeyPairWithoutPlaintextRequest.
         * @typedef {dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties} dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Shape
         */

        /**
         * Constructs a new GenerateDataKeyPairWithoutPlaintextRequest.
         * @memberof dkms
         * @classdesc Represents a GenerateDataKeyPairWithoutPlaintextRequest.
         * @constructor
         * @param {dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateDataKeyPairWithoutPlaintextRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateDataKeyPairWithoutPlaintextRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextRequest.prototype.KeyId = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextRequest Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextRequest.prototype.Algorithm = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextRequest.prototype.KeyPairSpec = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextRequest KeyFormat.
         * @member {string} KeyFormat
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextRequest.prototype.KeyFormat = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * Encodes the specified GenerateDataKeyPairWithoutPlaintextRequest message. Does not implicitly {@link dkms.GenerateDataKeyPairWithoutPlaintextRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @static
         * @param {dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Properties} message GenerateDataKeyPairWithoutPlaintextRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateDataKeyPairWithoutPlaintextRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.Algorithm);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyPairSpec);
            if (message.KeyFormat != null && $Object.hasOwnProperty.call(message, "KeyFormat") && message.KeyFormat !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.KeyFormat);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.Aad);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateDataKeyPairWithoutPlaintextRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairWithoutPlaintextRequest & dkms.GenerateDataKeyPairWithoutPlaintextRequest.$Shape} GenerateDataKeyPairWithoutPlaintextRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateDataKeyPairWithoutPlaintextRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateDataKeyPairWithoutPlaintextRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyFormat = value;
                        else
                            delete message.KeyFormat;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateDataKeyPairWithoutPlaintextRequest;
    })();

    dkms.GenerateDataKeyPairWithoutPlaintextResponse = (function() {

        /**
         * Properties of a GenerateDataKeyPairWithoutPlaintextResponse.
         * @typedef {Object} dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties
         * @property {string|null} [KeyId] GenerateDataKeyPairWithoutPlaintextResponse KeyId
         * @property {Uint8Array|null} [Iv] GenerateDataKeyPairWithoutPlaintextResponse Iv
         * @property {string|null} [KeyPairSpec] GenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec
         * @property {Uint8Array|null} [PrivateKeyCiphertextBlob] GenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob
         * @property {Uint8Array|null} [PublicKey] GenerateDataKeyPairWithoutPlaintextResponse PublicKey
         * @property {string|null} [RequestId] GenerateDataKeyPairWithoutPlaintextResponse RequestId
         * @property {string|null} [Algorithm] GenerateDataKeyPairWithoutPlaintextResponse Algorithm
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a GenerateDataKeyPairWithoutPlaintextResponse.
         * @memberof dkms
         * @interface IGenerateDataKeyPairWithoutPlaintextResponse
         * @augments dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties
         * @deprecated Use dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties instead.
         */

        /**
         * Shape of a GenerateDataKeyPairWithoutPlaintextResponse.
         * @typedef {dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties} dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Shape
         */

        /**
         * Constructs a new GenerateDataKeyPairWithoutPlaintextResponse.
         * @memberof dkms
         * @classdesc Represents a GenerateDataKeyPairWithoutPlaintextResponse.
         * @constructor
         * @param {dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const GenerateDataKeyPairWithoutPlaintextResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.KeyId = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.KeyPairSpec = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob.
         * @member {Uint8Array} PrivateKeyCiphertextBlob
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.PrivateKeyCiphertextBlob = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse PublicKey.
         * @member {Uint8Array} PublicKey
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.PublicKey = $util.newBuffer([]);

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.RequestId = "";

        /**
         * GenerateDataKeyPairWithoutPlaintextResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        GenerateDataKeyPairWithoutPlaintextResponse.prototype.Algorithm = "";

        /**
         * Encodes the specified GenerateDataKeyPairWithoutPlaintextResponse message. Does not implicitly {@link dkms.GenerateDataKeyPairWithoutPlaintextResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @static
         * @param {dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Properties} message GenerateDataKeyPairWithoutPlaintextResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        GenerateDataKeyPairWithoutPlaintextResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Iv);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyPairSpec);
            if (message.PrivateKeyCiphertextBlob != null && $Object.hasOwnProperty.call(message, "PrivateKeyCiphertextBlob") && message.PrivateKeyCiphertextBlob.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.PrivateKeyCiphertextBlob);
            if (message.PublicKey != null && $Object.hasOwnProperty.call(message, "PublicKey") && message.PublicKey.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.PublicKey);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.Algorithm);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a GenerateDataKeyPairWithoutPlaintextResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.GenerateDataKeyPairWithoutPlaintextResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.GenerateDataKeyPairWithoutPlaintextResponse & dkms.GenerateDataKeyPairWithoutPlaintextResponse.$Shape} GenerateDataKeyPairWithoutPlaintextResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        GenerateDataKeyPairWithoutPlaintextResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.GenerateDataKeyPairWithoutPlaintextResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PrivateKeyCiphertextBlob = value;
                        else
                            delete message.PrivateKeyCiphertextBlob;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PublicKey = value;
                        else
                            delete message.PublicKey;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return GenerateDataKeyPairWithoutPlaintextResponse;
    })();

    dkms.AdvanceGenerateDataKeyPairRequest = (function() {

        /**
         * Properties of an AdvanceGenerateDataKeyPairRequest.
         * @typedef {Object} dkms.AdvanceGenerateDataKeyPairRequest.$Properties
         * @property {string|null} [KeyId] AdvanceGenerateDataKeyPairRequest KeyId
         * @property {string|null} [KeyPairSpec] AdvanceGenerateDataKeyPairRequest KeyPairSpec
         * @property {string|null} [KeyFormat] AdvanceGenerateDataKeyPairRequest KeyFormat
         * @property {Uint8Array|null} [Aad] AdvanceGenerateDataKeyPairRequest Aad
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceGenerateDataKeyPairRequest.
         * @memberof dkms
         * @interface IAdvanceGenerateDataKeyPairRequest
         * @augments dkms.AdvanceGenerateDataKeyPairRequest.$Properties
         * @deprecated Use dkms.AdvanceGenerateDataKeyPairRequest.$Properties instead.
         */

        /**
         * Shape of an AdvanceGenerateDataKeyPairRequest.
         * @typedef {dkms.AdvanceGenerateDataKeyPairRequest.$Properties} dkms.AdvanceGenerateDataKeyPairRequest.$Shape
         */

        /**
         * Constructs a new AdvanceGenerateDataKeyPairRequest.
         * @memberof dkms
         * @classdesc Represents an AdvanceGenerateDataKeyPairRequest.
         * @constructor
         * @param {dkms.AdvanceGenerateDataKeyPairRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceGenerateDataKeyPairRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceGenerateDataKeyPairRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceGenerateDataKeyPairRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairRequest.prototype.KeyId = "";

        /**
         * AdvanceGenerateDataKeyPairRequest KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.AdvanceGenerateDataKeyPairRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairRequest.prototype.KeyPairSpec = "";

        /**
         * AdvanceGenerateDataKeyPairRequest KeyFormat.
         * @member {string} KeyFormat
         * @memberof dkms.AdvanceGenerateDataKeyPairRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairRequest.prototype.KeyFormat = "";

        /**
         * AdvanceGenerateDataKeyPairRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.AdvanceGenerateDataKeyPairRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairRequest message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceGenerateDataKeyPairRequest
         * @static
         * @param {dkms.AdvanceGenerateDataKeyPairRequest.$Properties} message AdvanceGenerateDataKeyPairRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceGenerateDataKeyPairRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.KeyPairSpec);
            if (message.KeyFormat != null && $Object.hasOwnProperty.call(message, "KeyFormat") && message.KeyFormat !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyFormat);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceGenerateDataKeyPairRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceGenerateDataKeyPairRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairRequest & dkms.AdvanceGenerateDataKeyPairRequest.$Shape} AdvanceGenerateDataKeyPairRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceGenerateDataKeyPairRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceGenerateDataKeyPairRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyFormat = value;
                        else
                            delete message.KeyFormat;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceGenerateDataKeyPairRequest;
    })();

    dkms.AdvanceGenerateDataKeyPairResponse = (function() {

        /**
         * Properties of an AdvanceGenerateDataKeyPairResponse.
         * @typedef {Object} dkms.AdvanceGenerateDataKeyPairResponse.$Properties
         * @property {string|null} [KeyId] AdvanceGenerateDataKeyPairResponse KeyId
         * @property {Uint8Array|null} [Iv] AdvanceGenerateDataKeyPairResponse Iv
         * @property {string|null} [KeyPairSpec] AdvanceGenerateDataKeyPairResponse KeyPairSpec
         * @property {Uint8Array|null} [PrivateKeyPlaintext] AdvanceGenerateDataKeyPairResponse PrivateKeyPlaintext
         * @property {Uint8Array|null} [PrivateKeyCiphertextBlob] AdvanceGenerateDataKeyPairResponse PrivateKeyCiphertextBlob
         * @property {Uint8Array|null} [PublicKey] AdvanceGenerateDataKeyPairResponse PublicKey
         * @property {string|null} [RequestId] AdvanceGenerateDataKeyPairResponse RequestId
         * @property {string|null} [Algorithm] AdvanceGenerateDataKeyPairResponse Algorithm
         * @property {string|null} [KeyVersionId] AdvanceGenerateDataKeyPairResponse KeyVersionId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceGenerateDataKeyPairResponse.
         * @memberof dkms
         * @interface IAdvanceGenerateDataKeyPairResponse
         * @augments dkms.AdvanceGenerateDataKeyPairResponse.$Properties
         * @deprecated Use dkms.AdvanceGenerateDataKeyPairResponse.$Properties instead.
         */

        /**
         * Shape of an AdvanceGenerateDataKeyPairResponse.
         * @typedef {dkms.AdvanceGenerateDataKeyPairResponse.$Properties} dkms.AdvanceGenerateDataKeyPairResponse.$Shape
         */

        /**
         * Constructs a new AdvanceGenerateDataKeyPairResponse.
         * @memberof dkms
         * @classdesc Represents an AdvanceGenerateDataKeyPairResponse.
         * @constructor
         * @param {dkms.AdvanceGenerateDataKeyPairResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceGenerateDataKeyPairResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceGenerateDataKeyPairResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.KeyId = "";

        /**
         * AdvanceGenerateDataKeyPairResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairResponse KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.KeyPairSpec = "";

        /**
         * AdvanceGenerateDataKeyPairResponse PrivateKeyPlaintext.
         * @member {Uint8Array} PrivateKeyPlaintext
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.PrivateKeyPlaintext = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairResponse PrivateKeyCiphertextBlob.
         * @member {Uint8Array} PrivateKeyCiphertextBlob
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.PrivateKeyCiphertextBlob = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairResponse PublicKey.
         * @member {Uint8Array} PublicKey
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.PublicKey = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.RequestId = "";

        /**
         * AdvanceGenerateDataKeyPairResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.Algorithm = "";

        /**
         * AdvanceGenerateDataKeyPairResponse KeyVersionId.
         * @member {string} KeyVersionId
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairResponse.prototype.KeyVersionId = "";

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairResponse message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @static
         * @param {dkms.AdvanceGenerateDataKeyPairResponse.$Properties} message AdvanceGenerateDataKeyPairResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceGenerateDataKeyPairResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Iv);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyPairSpec);
            if (message.PrivateKeyPlaintext != null && $Object.hasOwnProperty.call(message, "PrivateKeyPlaintext") && message.PrivateKeyPlaintext.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.PrivateKeyPlaintext);
            if (message.PrivateKeyCiphertextBlob != null && $Object.hasOwnProperty.call(message, "PrivateKeyCiphertextBlob") && message.PrivateKeyCiphertextBlob.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.PrivateKeyCiphertextBlob);
            if (message.PublicKey != null && $Object.hasOwnProperty.call(message, "PublicKey") && message.PublicKey.length)
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.PublicKey);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.Algorithm);
            if (message.KeyVersionId != null && $Object.hasOwnProperty.call(message, "KeyVersionId") && message.KeyVersionId !== "")
                writer.uint32(/* id 9, wireType 2 =*/74).string(message.KeyVersionId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceGenerateDataKeyPairResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceGenerateDataKeyPairResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairResponse & dkms.AdvanceGenerateDataKeyPairResponse.$Shape} AdvanceGenerateDataKeyPairResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceGenerateDataKeyPairResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceGenerateDataKeyPairResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PrivateKeyPlaintext = value;
                        else
                            delete message.PrivateKeyPlaintext;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PrivateKeyCiphertextBlob = value;
                        else
                            delete message.PrivateKeyCiphertextBlob;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PublicKey = value;
                        else
                            delete message.PublicKey;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyVersionId = value;
                        else
                            delete message.KeyVersionId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceGenerateDataKeyPairResponse;
    })();

    dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest = (function() {

        /**
         * Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
         * @typedef {Object} dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties
         * @property {string|null} [KeyId] AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyId
         * @property {string|null} [KeyPairSpec] AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec
         * @property {string|null} [KeyFormat] AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyFormat
         * @property {Uint8Array|null} [Aad] AdvanceGenerateDataKeyPairWithoutPlaintextRequest Aad
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
         * @memberof dkms
         * @interface IAdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @augments dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties
         * @deprecated Use dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties instead.
         */

        /**
         * Shape of an AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
         * @typedef {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties} dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Shape
         */

        /**
         * Constructs a new AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
         * @memberof dkms
         * @classdesc Represents an AdvanceGenerateDataKeyPairWithoutPlaintextRequest.
         * @constructor
         * @param {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceGenerateDataKeyPairWithoutPlaintextRequest = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextRequest.prototype.KeyId = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextRequest.prototype.KeyPairSpec = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextRequest KeyFormat.
         * @member {string} KeyFormat
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextRequest.prototype.KeyFormat = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextRequest Aad.
         * @member {Uint8Array} Aad
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextRequest.prototype.Aad = $util.newBuffer([]);

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairWithoutPlaintextRequest message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @static
         * @param {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Properties} message AdvanceGenerateDataKeyPairWithoutPlaintextRequest message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextRequest.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.KeyPairSpec);
            if (message.KeyFormat != null && $Object.hasOwnProperty.call(message, "KeyFormat") && message.KeyFormat !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyFormat);
            if (message.Aad != null && $Object.hasOwnProperty.call(message, "Aad") && message.Aad.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.Aad);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceGenerateDataKeyPairWithoutPlaintextRequest message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest & dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest.$Shape} AdvanceGenerateDataKeyPairWithoutPlaintextRequest
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextRequest.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceGenerateDataKeyPairWithoutPlaintextRequest();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyFormat = value;
                        else
                            delete message.KeyFormat;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Aad = value;
                        else
                            delete message.Aad;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceGenerateDataKeyPairWithoutPlaintextRequest;
    })();

    dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse = (function() {

        /**
         * Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
         * @typedef {Object} dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties
         * @property {string|null} [KeyId] AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyId
         * @property {Uint8Array|null} [Iv] AdvanceGenerateDataKeyPairWithoutPlaintextResponse Iv
         * @property {string|null} [KeyPairSpec] AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec
         * @property {Uint8Array|null} [PrivateKeyCiphertextBlob] AdvanceGenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob
         * @property {Uint8Array|null} [PublicKey] AdvanceGenerateDataKeyPairWithoutPlaintextResponse PublicKey
         * @property {string|null} [RequestId] AdvanceGenerateDataKeyPairWithoutPlaintextResponse RequestId
         * @property {string|null} [Algorithm] AdvanceGenerateDataKeyPairWithoutPlaintextResponse Algorithm
         * @property {string|null} [KeyVersionId] AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyVersionId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
         * @memberof dkms
         * @interface IAdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @augments dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties
         * @deprecated Use dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties instead.
         */

        /**
         * Shape of an AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
         * @typedef {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties} dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Shape
         */

        /**
         * Constructs a new AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
         * @memberof dkms
         * @classdesc Represents an AdvanceGenerateDataKeyPairWithoutPlaintextResponse.
         * @constructor
         * @param {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AdvanceGenerateDataKeyPairWithoutPlaintextResponse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyId.
         * @member {string} KeyId
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.KeyId = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse Iv.
         * @member {Uint8Array} Iv
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.Iv = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyPairSpec.
         * @member {string} KeyPairSpec
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.KeyPairSpec = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse PrivateKeyCiphertextBlob.
         * @member {Uint8Array} PrivateKeyCiphertextBlob
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.PrivateKeyCiphertextBlob = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse PublicKey.
         * @member {Uint8Array} PublicKey
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.PublicKey = $util.newBuffer([]);

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse RequestId.
         * @member {string} RequestId
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.RequestId = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse Algorithm.
         * @member {string} Algorithm
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.Algorithm = "";

        /**
         * AdvanceGenerateDataKeyPairWithoutPlaintextResponse KeyVersionId.
         * @member {string} KeyVersionId
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @instance
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.prototype.KeyVersionId = "";

        /**
         * Encodes the specified AdvanceGenerateDataKeyPairWithoutPlaintextResponse message. Does not implicitly {@link dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.verify|verify} messages.
         * @function encode
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @static
         * @param {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Properties} message AdvanceGenerateDataKeyPairWithoutPlaintextResponse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.KeyId != null && $Object.hasOwnProperty.call(message, "KeyId") && message.KeyId !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.KeyId);
            if (message.Iv != null && $Object.hasOwnProperty.call(message, "Iv") && message.Iv.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.Iv);
            if (message.KeyPairSpec != null && $Object.hasOwnProperty.call(message, "KeyPairSpec") && message.KeyPairSpec !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.KeyPairSpec);
            if (message.PrivateKeyCiphertextBlob != null && $Object.hasOwnProperty.call(message, "PrivateKeyCiphertextBlob") && message.PrivateKeyCiphertextBlob.length)
                writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.PrivateKeyCiphertextBlob);
            if (message.PublicKey != null && $Object.hasOwnProperty.call(message, "PublicKey") && message.PublicKey.length)
                writer.uint32(/* id 5, wireType 2 =*/42).bytes(message.PublicKey);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.RequestId);
            if (message.Algorithm != null && $Object.hasOwnProperty.call(message, "Algorithm") && message.Algorithm !== "")
                writer.uint32(/* id 7, wireType 2 =*/58).string(message.Algorithm);
            if (message.KeyVersionId != null && $Object.hasOwnProperty.call(message, "KeyVersionId") && message.KeyVersionId !== "")
                writer.uint32(/* id 8, wireType 2 =*/66).string(message.KeyVersionId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AdvanceGenerateDataKeyPairWithoutPlaintextResponse message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse & dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse.$Shape} AdvanceGenerateDataKeyPairWithoutPlaintextResponse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AdvanceGenerateDataKeyPairWithoutPlaintextResponse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.AdvanceGenerateDataKeyPairWithoutPlaintextResponse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyId = value;
                        else
                            delete message.KeyId;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.Iv = value;
                        else
                            delete message.Iv;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyPairSpec = value;
                        else
                            delete message.KeyPairSpec;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PrivateKeyCiphertextBlob = value;
                        else
                            delete message.PrivateKeyCiphertextBlob;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.PublicKey = value;
                        else
                            delete message.PublicKey;
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.Algorithm = value;
                        else
                            delete message.Algorithm;
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.KeyVersionId = value;
                        else
                            delete message.KeyVersionId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return AdvanceGenerateDataKeyPairWithoutPlaintextResponse;
    })();

    dkms.Error = (function() {

        /**
         * Properties of an Error.
         * @typedef {Object} dkms.Error.$Properties
         * @property {number|null} [StatusCode] Error StatusCode
         * @property {string|null} [ErrorCode] Error ErrorCode
         * @property {string|null} [ErrorMessage] Error ErrorMessage
         * @property {string|null} [RequestId] Error RequestId
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Error.
         * @memberof dkms
         * @interface IError
         * @augments dkms.Error.$Properties
         * @deprecated Use dkms.Error.$Properties instead.
         */

        /**
         * Shape of an Error.
         * @typedef {dkms.Error.$Properties} dkms.Error.$Shape
         */

        /**
         * Constructs a new Error.
         * @memberof dkms
         * @classdesc Represents an Error.
         * @constructor
         * @param {dkms.Error.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Error = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Error StatusCode.
         * @member {number} StatusCode
         * @memberof dkms.Error
         * @instance
         */
        Error.prototype.StatusCode = 0;

        /**
         * Error ErrorCode.
         * @member {string} ErrorCode
         * @memberof dkms.Error
         * @instance
         */
        Error.prototype.ErrorCode = "";

        /**
         * Error ErrorMessage.
         * @member {string} ErrorMessage
         * @memberof dkms.Error
         * @instance
         */
        Error.prototype.ErrorMessage = "";

        /**
         * Error RequestId.
         * @member {string} RequestId
         * @memberof dkms.Error
         * @instance
         */
        Error.prototype.RequestId = "";

        /**
         * Encodes the specified Error message. Does not implicitly {@link dkms.Error.verify|verify} messages.
         * @function encode
         * @memberof dkms.Error
         * @static
         * @param {dkms.Error.$Properties} message Error message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Error.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.StatusCode != null && $Object.hasOwnProperty.call(message, "StatusCode") && message.StatusCode !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).int32(message.StatusCode);
            if (message.ErrorCode != null && $Object.hasOwnProperty.call(message, "ErrorCode") && message.ErrorCode !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.ErrorCode);
            if (message.ErrorMessage != null && $Object.hasOwnProperty.call(message, "ErrorMessage") && message.ErrorMessage !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.ErrorMessage);
            if (message.RequestId != null && $Object.hasOwnProperty.call(message, "RequestId") && message.RequestId !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.RequestId);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Error message from the specified reader or buffer.
         * @function decode
         * @memberof dkms.Error
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {dkms.Error & dkms.Error.$Shape} Error
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Error.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.dkms.Error();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.int32())
                            message.StatusCode = value;
                        else
                            delete message.StatusCode;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ErrorCode = value;
                        else
                            delete message.ErrorCode;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.ErrorMessage = value;
                        else
                            delete message.ErrorMessage;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.RequestId = value;
                        else
                            delete message.RequestId;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Error;
    })();

    return dkms;
})();

export {
  $root as default
};
