<?php

// Speaks the data plane's protocol the way the official PHP SDK does: openssl_pkcs12_read for the Client Key file,
// openssl_sign for the request, curl with the CA file and the host name check. It is NOT that SDK.
// Source: data-plane specification 1.2 to 1.4, 2.1 and 3.2.

declare(strict_types=1);

require_once __DIR__ . '/wire.php';

/** The instance answered with an Error message. */
final class Refused extends RuntimeException
{
    public function __construct(public readonly string $errorCode, public readonly int $status, string $message)
    {
        parent::__construct("$status $errorCode: $message");
    }
}

/** No answer: the connection was not made or not trusted. */
final class NotConnected extends RuntimeException
{
}

/** @return array{keyId: string, privateKey: string} as the SDK's credential keeps it */
function read_client_key(string $file, string $password): array
{
    $content = json_decode((string) file_get_contents($file), true, 8, JSON_THROW_ON_ERROR);
    $pkcs12 = base64_decode($content['PrivateKeyData'], true);
    if ($pkcs12 === false || !openssl_pkcs12_read($pkcs12, $parts, $password)) {
        throw new RuntimeException('could not decrypt the private key: ' . openssl_error_string());
    }
    return ['keyId' => $content['KeyId'], 'privateKey' => $parts['pkey']];
}

final class Client
{
    /** @param array{keyId: string, privateKey: string} $clientKey */
    public function __construct(
        private readonly string $endpoint,
        private readonly string $caFile,
        private readonly array $clientKey,
    ) {
    }

    /**
     * One call over a connection of its own, as the SDK makes it when a CA file is set.
     *
     * @param array<string, string|int> $values
     * @return array<string, string|int>
     */
    public function call(string $api, array $values): array
    {
        $body = encode_message($api, $values);
        [$status, $answer] = $this->post($body, $this->signedHeaders($api, $body));
        if ($status === 200) {
            return decode_message($api, $answer);
        }
        $error = decode_message('Error', $answer);
        throw new Refused((string) ($error['ErrorCode'] ?? ''), $status, (string) ($error['ErrorMessage'] ?? ''));
    }

    /** @return array<string, string> */
    private function signedHeaders(string $api, string $body): array
    {
        $headers = [
            'accept' => 'application/x-protobuf',
            'host' => $this->endpoint,
            'date' => gmdate('D, d M Y H:i:s T'),
            'user-agent' => 'dedicated-kms-protocol-test PHP/' . PHP_VERSION,
            'x-kms-apiversion' => 'dkms-gcs-0.2',
            'x-kms-apiname' => $api,
            'x-kms-signaturemethod' => 'RSA_PKCS1_SHA_256',
            'x-kms-acccesskeyid' => $this->clientKey['keyId'],
            'content-type' => 'application/x-protobuf',
            'content-length' => (string) strlen($body),
            'content-sha256' => strtoupper(hash('sha256', $body)),
        ];
        openssl_sign(self::stringToSign($headers), $signature, $this->clientKey['privateKey'], OPENSSL_ALGO_SHA256);
        return $headers + ['authorization' => 'Bearer ' . base64_encode($signature)];
    }

    /** @param array<string, string> $headers */
    private static function stringToSign(array $headers): string
    {
        $text = "POST\n{$headers['content-sha256']}\n{$headers['content-type']}\n{$headers['date']}\n";
        ksort($headers, SORT_STRING);
        foreach ($headers as $name => $value) {
            if (str_starts_with($name, 'x-kms-')) {
                $text .= $name . ':' . trim($value) . "\n";
            }
        }
        return "$text/";
    }

    /**
     * @param array<string, string> $headers
     * @return array{int, string} status and body
     */
    private function post(string $body, array $headers): array
    {
        $curl = curl_init("https://{$this->endpoint}/");
        curl_setopt_array($curl, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => $body,
            CURLOPT_HTTPHEADER => array_map(fn ($name, $value) => "$name: $value", array_keys($headers), $headers),
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_CAINFO => $this->caFile,
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
            // A name that only this program knows, for the check that another name than the certificate's is refused.
            CURLOPT_RESOLVE => ['elsewhere.example:' . parse_url("https://{$this->endpoint}", PHP_URL_PORT) . ':127.0.0.1'],
            CURLOPT_CONNECTTIMEOUT => 5,
            CURLOPT_TIMEOUT => 60,
        ]);
        $answer = curl_exec($curl);
        if ($answer === false) {
            throw new NotConnected(curl_error($curl), curl_errno($curl));
        }
        return [curl_getinfo($curl, CURLINFO_RESPONSE_CODE), $answer];
    }
}
