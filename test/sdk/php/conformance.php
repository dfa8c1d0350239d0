<?php

// Runs the PHP SDK's protocol, not its package (which PHP's own package registry alone has), against an instance:
//
//     php conformance.php <scenario.json>
//
// The scenario file is the one of the other languages; each check prints `ok <name>` or `FAIL <name>: why`; the last
// line counts them; the exit code is 1 when a check failed.

declare(strict_types=1);

require_once __DIR__ . '/client.php';

const MESSAGE = 'pay 100 to Alice, 付款';
const AAD = 'tenant=7&purpose=conformance';

$scenario = json_decode((string) file_get_contents($argv[1]), true, 16, JSON_THROW_ON_ERROR);
$passed = 0;
$failed = 0;

set_error_handler(function (int $level, string $text): bool {
    throw new ErrorException($text, 0, $level);
});

function check(string $name, callable $body): void
{
    global $passed, $failed;
    try {
        $body();
        $passed++;
        echo "ok $name\n";
    } catch (Throwable $error) {
        $failed++;
        $why = preg_replace('/\s+/', ' ', get_class($error) . ' ' . $error->getMessage());
        echo "FAIL $name: $why\n";
    }
}

function equal(string $what, mixed $actual, mixed $wanted): void
{
    if ($actual !== $wanted) {
        throw new RuntimeException("$what is " . json_encode($actual) . ', not ' . json_encode($wanted));
    }
}

function refused(string $code, int $status, callable $call): void
{
    try {
        $call();
    } catch (Refused $error) {
        equal('code', $error->errorCode, $code);
        equal('status', $error->status, $status);
        return;
    }
    throw new RuntimeException("the call succeeded; $code was expected");
}

/** The call must not get as far as an answer, and for this reason of curl's. */
function not_trusted(callable $call): void
{
    try {
        $call();
    } catch (NotConnected $error) {
        equal('reason', $error->getCode(), CURLE_SSL_PEER_CERTIFICATE);
        return;
    }
    throw new RuntimeException('the connection was made');
}

function client(string $name, ?string $endpoint = null, ?string $caFile = null): Client
{
    global $scenario;
    $key = $scenario['clientKeys'][$name];
    return new Client(
        $endpoint ?? $scenario['endpoint'],
        $caFile ?? $scenario['caFile'],
        read_client_key($key['file'], $key['password']),
    );
}

$client = client('main');
['symmetric' => $aes, 'denied' => $denied, 'disabled' => $disabled] = $scenario['keys'];
$port = parse_url("https://{$scenario['endpoint']}", PHP_URL_PORT);

check('Client Key refuses a wrong password', function () use ($scenario) {
    try {
        read_client_key($scenario['clientKeys']['main']['file'], 'wrong');
    } catch (RuntimeException $error) {
        equal('the library says why', str_contains($error->getMessage(), 'mac verify failure'), true);
        return;
    }
    throw new RuntimeException('the file was opened');
});

check('Encrypt AES_GCM with an alias and Aad, and Decrypt', function () use ($client, $aes) {
    $made = $client->call('Encrypt', ['KeyId' => $aes['alias'], 'Plaintext' => MESSAGE, 'Aad' => AAD]);
    equal('KeyId', $made['KeyId'], $aes['id']);
    equal('Algorithm', $made['Algorithm'], 'AES_GCM');
    equal('length of the ciphertext', strlen($made['CiphertextBlob']), strlen(MESSAGE) + 16);
    $opened = $client->call('Decrypt', [
        'KeyId' => $aes['id'],
        'CiphertextBlob' => $made['CiphertextBlob'],
        'Iv' => $made['Iv'],
        'Algorithm' => $made['Algorithm'],
        'Aad' => AAD,
    ]);
    equal('Plaintext', $opened['Plaintext'], MESSAGE);
});

foreach (['RSA_2048' => 'RSA_PKCS1_SHA_256', 'EC_P256' => 'ECDSA_SHA_256', 'EC_P256K' => 'ECDSA_SHA_256'] as $spec => $name) {
    $key = $scenario['keys']['signing'][$spec];
    foreach (['RAW', 'DIGEST'] as $type) {
        check("Sign $spec $name $type is good for openssl_verify", function () use ($client, $key, $name, $type) {
            $input = $type === 'RAW' ? MESSAGE : hash('sha256', MESSAGE, true);
            $request = ['KeyId' => $key['alias'], 'Message' => $input, 'Algorithm' => $name, 'MessageType' => $type];
            $signed = $client->call('Sign', $request);
            equal('Algorithm', $signed['Algorithm'], $name);
            $public = $client->call('GetPublicKey', ['KeyId' => $key['id']])['PublicKey'];
            equal('openssl_verify', openssl_verify(MESSAGE, $signed['Signature'], $public, OPENSSL_ALGO_SHA256), 1);
            $verified = $client->call('Verify', ['Signature' => $signed['Signature']] + $request);
            equal('Value', $verified['Value'] ?? 0, 1);
            $altered = ['Message' => hash('sha256', 'another', true), 'Signature' => $signed['Signature']] + $request;
            equal('Value of another message', $client->call('Verify', $altered)['Value'] ?? 0, 0);
        });
    }
}

check('GenerateRandom 32 bytes', function () use ($client) {
    equal('length', strlen($client->call('GenerateRandom', ['Length' => 32])['Random']), 32);
});
check('Error an empty body', function () use ($client) {
    refused('InvalidParameter', 400, fn () => $client->call('GenerateRandom', []));
});
check('Error tampered AES_GCM ciphertext', function () use ($client, $aes) {
    $made = $client->call('Encrypt', ['KeyId' => $aes['id'], 'Plaintext' => MESSAGE]);
    $made['CiphertextBlob'] ^= str_repeat("\0", strlen($made['CiphertextBlob']) - 1) . "\1";
    refused('InvalidParameter', 400, fn () => $client->call('Decrypt', $made));
});

$refusals = [
    'denied key' => ['Forbidden.NoPermission', 403, 'narrow', $denied['id']],
    'denied address' => ['Forbidden.NoPermission', 403, 'elsewhere', $aes['id']],
    'disabled key' => ['Rejected.Disabled', 409, 'main', $disabled['id']],
    'unknown key' => ['Forbidden.KeyNotFound', 404, 'main', 'key-hzz000000000000000000'],
    'expired Client Key' => ['Unauthorized', 404, 'expired', $aes['id']],
    'deleted Client Key' => ['Unauthorized', 404, 'deleted', $aes['id']],
];
foreach ($refusals as $name => [$code, $status, $clientKey, $keyId]) {
    check("Error $name", function () use ($code, $status, $clientKey, $keyId) {
        $request = ['KeyId' => $keyId, 'Plaintext' => MESSAGE];
        refused($code, $status, fn () => client($clientKey)->call('Encrypt', $request));
    });
}

check('Error throttling', function () use ($scenario) {
    ['endpoint' => $endpoint, 'caFile' => $caFile, 'clientKey' => $key, 'keyId' => $keyId] = $scenario['throttled'];
    $throttled = new Client($endpoint, $caFile, read_client_key($key['file'], $key['password']));
    refused('Rejected.Throttling', 429, function () use ($throttled, $keyId) {
        for ($call = 0; $call < 60; $call++) {
            $throttled->call('Encrypt', ['KeyId' => $keyId, 'Plaintext' => MESSAGE]);
        }
    });
});
check('Error a server certificate of another CA', function () use ($scenario) {
    $foreign = client('main', null, $scenario['throttled']['caFile']);
    not_trusted(fn () => $foreign->call('GenerateRandom', ['Length' => 1]));
});
check('Error a server certificate of another name', function () use ($port) {
    not_trusted(fn () => client('main', "elsewhere.example:$port")->call('GenerateRandom', ['Length' => 1]));
});
check('The host name is one of the certificate', function () use ($port) {
    $answer = client('main', "localhost:$port")->call('GenerateRandom', ['Length' => 1]);
    equal('length', strlen($answer['Random']), 1);
});

echo "$passed passed, $failed failed\n";
exit($failed === 0 ? 0 : 1);
