<?php

// Encrypts, decrypts, signs and verifies with the instance that `npm start` brings up.
// Copy this file as the start of your own program. Run it from the root of the repository:
//
//     composer install -d examples/php
//     php examples/php/quickstart.php

declare(strict_types=1);

use AlibabaCloud\Dkms\Gcs\OpenApi\Models\Config;
use AlibabaCloud\Dkms\Gcs\OpenApi\Util\Models\RuntimeOptions;
use AlibabaCloud\Dkms\Gcs\Sdk\Client;
use AlibabaCloud\Dkms\Gcs\Sdk\Models\DecryptRequest;
use AlibabaCloud\Dkms\Gcs\Sdk\Models\EncryptRequest;
use AlibabaCloud\Dkms\Gcs\Sdk\Models\SignRequest;
use AlibabaCloud\Dkms\Gcs\Sdk\Models\VerifyRequest;
use AlibabaCloud\Tea\Utils\Utils;

if (!is_file(__DIR__ . '/vendor/autoload.php')) {
    fwrite(STDERR, "The SDK is not installed: composer install -d examples/php\n");
    exit(1);
}
require_once __DIR__ . '/vendor/autoload.php';

$flags = getopt('', ['endpoint:', 'client-key:', 'password-file:', 'ca:']) + [
    'endpoint' => '127.0.0.1:8443',
    'client-key' => 'data/quickstart/client-key.json',
    'password-file' => 'data/quickstart/client-key.password',
    'ca' => 'data/quickstart/ca.pem',
];

$config = new Config();
$config->protocol = 'https';
$config->endpoint = $flags['endpoint'];
$config->clientKeyFile = $flags['client-key'];
$config->password = trim(file_get_contents($flags['password-file']));
$config->caFilePath = $flags['ca'];
$client = new Client($config);

encrypt_and_decrypt($client);
sign_and_verify($client);

function encrypt_and_decrypt(Client $client): void
{
    $plaintext = 'hello from PHP';
    $aad = 'order 42';
    $request = new EncryptRequest();
    $request->keyId = 'alias/quickstart-aes';
    $request->plaintext = Utils::toBytes($plaintext);
    $request->aad = Utils::toBytes($aad);
    $encrypted = $client->encryptWithOptions($request, new RuntimeOptions());
    echo "encrypted with $encrypted->keyId, $encrypted->algorithm\n";
    echo '  ciphertext  ' . bin2hex(Utils::toString($encrypted->ciphertextBlob)) . "\n";
    echo '  iv          ' . bin2hex(Utils::toString($encrypted->iv)) . "\n";

    // Keep the ciphertext, the iv and the algorithm; the same Aad must be given again.
    $request = new DecryptRequest();
    $request->keyId = $encrypted->keyId;
    $request->ciphertextBlob = $encrypted->ciphertextBlob;
    $request->iv = $encrypted->iv;
    $request->algorithm = $encrypted->algorithm;
    $request->aad = Utils::toBytes($aad);
    $decrypted = Utils::toString($client->decryptWithOptions($request, new RuntimeOptions())->plaintext);
    if ($decrypted !== $plaintext) {
        throw new RuntimeException('the decrypted text differs from the original');
    }
    echo "decrypted     $decrypted\n";
}

function sign_and_verify(Client $client): void
{
    $message = Utils::toBytes('a message worth signing');
    $request = new SignRequest();
    $request->keyId = 'alias/quickstart-sign';
    $request->message = $message;
    $request->messageType = 'RAW';
    $signed = $client->signWithOptions($request, new RuntimeOptions());
    echo "signed with $signed->keyId, $signed->algorithm\n";
    echo '  signature   ' . bin2hex(Utils::toString($signed->signature)) . "\n";

    $request = new VerifyRequest();
    $request->keyId = $signed->keyId;
    $request->message = $message;
    $request->messageType = $signed->messageType;
    $request->signature = $signed->signature;
    $request->algorithm = $signed->algorithm;
    if (!$client->verifyWithOptions($request, new RuntimeOptions())->value) {
        throw new RuntimeException('the signature was not accepted');
    }
    echo "verified      the signature is good\n";
}
