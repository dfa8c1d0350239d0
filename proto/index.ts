// Public face of the wire: the API table, the error encoder and the codec's error.
export {
  APIS,
  type ApiCodec,
  type ApiName,
  errorEncoder,
  MAX_BODY_BYTES,
  type RequestOf,
  type ResponseOf,
} from './apis.ts';
export { CodecError } from './codec.ts';
