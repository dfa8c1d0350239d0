// Encrypts, decrypts, signs and verifies with the instance that `npm start` brings up.
// Copy this file as the start of your own program. Run it from the folder above:
//
//	go run ./quickstart
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/alibabacloud-go/tea/tea"
	openapi "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi"
	util "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/openapi-util"
	kms "github.com/aliyun/alibabacloud-dkms-gcs-go-sdk/sdk"
)

func main() {
	log.SetFlags(0)
	endpoint := flag.String("endpoint", "127.0.0.1:8443", "host:port of the data plane")
	clientKey := flag.String("client-key", "../../data/quickstart/client-key.json", "Client Key file")
	passwordFile := flag.String("password-file", "../../data/quickstart/client-key.password", "its password")
	ca := flag.String("ca", "../../data/quickstart/ca.pem", "PEM file: root CA, then sub CA")
	flag.Parse()

	password, err := os.ReadFile(*passwordFile)
	if err != nil {
		log.Fatal(err)
	}
	client, err := kms.NewClient(&openapi.Config{
		Protocol:      tea.String("https"),
		Endpoint:      endpoint,
		ClientKeyFile: clientKey,
		Password:      tea.String(strings.TrimSpace(string(password))),
		CaFilePath:    ca,
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := encryptAndDecrypt(client); err != nil {
		log.Fatal(err)
	}
	if err := signAndVerify(client); err != nil {
		log.Fatal(err)
	}
}

func encryptAndDecrypt(client *kms.Client) error {
	plaintext, aad := "hello from Go", []byte("order 42")
	encrypted, err := client.EncryptWithOptions(&kms.EncryptRequest{
		KeyId:     tea.String("alias/quickstart-aes"),
		Plaintext: []byte(plaintext),
		Aad:       aad,
	}, &util.RuntimeOptions{})
	if err != nil {
		return err
	}
	fmt.Printf("encrypted with %s, %s\n", *encrypted.KeyId, *encrypted.Algorithm)
	fmt.Printf("  ciphertext  %x\n", encrypted.CiphertextBlob)
	fmt.Printf("  iv          %x\n", encrypted.Iv)

	// Keep the ciphertext, the iv and the algorithm; the same Aad must be given again.
	decrypted, err := client.DecryptWithOptions(&kms.DecryptRequest{
		KeyId:          encrypted.KeyId,
		CiphertextBlob: encrypted.CiphertextBlob,
		Iv:             encrypted.Iv,
		Algorithm:      encrypted.Algorithm,
		Aad:            aad,
	}, &util.RuntimeOptions{})
	if err != nil {
		return err
	}
	if string(decrypted.Plaintext) != plaintext {
		return fmt.Errorf("the decrypted text differs from the original")
	}
	fmt.Printf("decrypted     %s\n", decrypted.Plaintext)
	return nil
}

func signAndVerify(client *kms.Client) error {
	message := []byte("a message worth signing")
	signed, err := client.SignWithOptions(&kms.SignRequest{
		KeyId:       tea.String("alias/quickstart-sign"),
		Message:     message,
		MessageType: tea.String("RAW"),
	}, &util.RuntimeOptions{})
	if err != nil {
		return err
	}
	fmt.Printf("signed with %s, %s\n", *signed.KeyId, *signed.Algorithm)
	fmt.Printf("  signature   %x\n", signed.Signature)

	verified, err := client.VerifyWithOptions(&kms.VerifyRequest{
		KeyId:       signed.KeyId,
		Message:     message,
		MessageType: signed.MessageType,
		Signature:   signed.Signature,
		Algorithm:   signed.Algorithm,
	}, &util.RuntimeOptions{})
	if err != nil {
		return err
	}
	if !tea.BoolValue(verified.Value) {
		return fmt.Errorf("the signature was not accepted")
	}
	fmt.Println("verified      the signature is good")
	return nil
}
