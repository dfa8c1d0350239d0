<?php

// The protobuf messages this program needs, by hand: length-delimited fields and 32-bit numbers, as the PHP SDK's
// generated classes write and read them. Source of the numbers: data-plane specification 4.2.

declare(strict_types=1);

const REQUEST_FIELDS = [
    'Encrypt' => ['KeyId' => 1, 'Plaintext' => 2, 'Algorithm' => 3, 'Aad' => 4, 'Iv' => 5, 'PaddingMode' => 6],
    'Decrypt' => ['CiphertextBlob' => 1, 'KeyId' => 2, 'Algorithm' => 3, 'Aad' => 4, 'Iv' => 5, 'PaddingMode' => 6],
    'Sign' => ['KeyId' => 1, 'Algorithm' => 3, 'Message' => 4, 'MessageType' => 5],
    'Verify' => ['KeyId' => 1, 'Signature' => 3, 'Algorithm' => 4, 'Message' => 5, 'MessageType' => 6],
    'GetPublicKey' => ['KeyId' => 1],
    'GenerateRandom' => ['Length' => 1],
];

const RESPONSE_FIELDS = [
    'Encrypt' => [1 => 'KeyId', 2 => 'CiphertextBlob', 3 => 'Iv', 4 => 'RequestId', 5 => 'Algorithm'],
    'Decrypt' => [1 => 'KeyId', 2 => 'Plaintext', 3 => 'RequestId', 4 => 'Algorithm'],
    'Sign' => [1 => 'KeyId', 2 => 'Signature', 3 => 'RequestId', 4 => 'Algorithm', 5 => 'MessageType'],
    'Verify' => [1 => 'KeyId', 2 => 'Value', 3 => 'RequestId', 4 => 'Algorithm', 5 => 'MessageType'],
    'GetPublicKey' => [1 => 'KeyId', 2 => 'PublicKey', 3 => 'RequestId'],
    'GenerateRandom' => [1 => 'Random', 2 => 'RequestId'],
    'Error' => [1 => 'StatusCode', 2 => 'ErrorCode', 3 => 'ErrorMessage', 4 => 'RequestId'],
];

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** @param array<string, string|int> $values empty ones are left out, as proto3 does */
function encode_message(string $api, array $values): string
{
    $body = '';
    foreach (REQUEST_FIELDS[$api] as $name => $number) {
        $value = $values[$name] ?? '';
        if ($value === '' || $value === 0) {
            continue;
        }
        $body .= is_int($value)
            ? encode_varint($number << 3 | VARINT) . encode_varint($value)
            : encode_varint($number << 3 | LENGTH_DELIMITED) . encode_varint(strlen($value)) . $value;
    }
    return $body;
}

/** @return array<string, string|int> fields that are not in the message are not in the result */
function decode_message(string $message, string $body): array
{
    $values = [];
    for ($at = 0; $at < strlen($body);) {
        $tag = decode_varint($body, $at);
        $value = decode_varint($body, $at);
        if (($tag & 7) === LENGTH_DELIMITED) {
            $length = $value;
            $value = substr($body, $at, $length);
            $at += $length;
        } elseif (($tag & 7) !== VARINT) {
            throw new RuntimeException("$message: unexpected wire type in " . bin2hex($body));
        }
        $name = RESPONSE_FIELDS[$message][$tag >> 3] ?? null;
        if ($name !== null) {
            $values[$name] = $value;
        }
    }
    return $values;
}

function encode_varint(int $value): string
{
    $bytes = '';
    for (; $value > 0x7f; $value >>= 7) {
        $bytes .= chr($value & 0x7f | 0x80);
    }
    return $bytes . chr($value);
}

function decode_varint(string $body, int &$at): int
{
    for ($value = 0, $shift = 0; $shift < 63; $shift += 7) {
        if (!isset($body[$at])) {
            throw new RuntimeException('the message ends inside a field: ' . bin2hex($body));
        }
        $byte = ord($body[$at++]);
        $value |= ($byte & 0x7f) << $shift;
        if ($byte < 0x80) {
            return $value;
        }
    }
    throw new RuntimeException('a number is too long: ' . bin2hex($body));
}
