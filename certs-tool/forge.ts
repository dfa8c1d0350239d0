// The only importer of node-forge: X.509 v3 certificates and PKCS#12 files as DER. forge knows RSA keys only, so it merely
// builds the ASN.1; keys, hashes and signatures are node:crypto's, and a public key enters as its SubjectPublicKeyInfo.
// Invariant: forge parses nothing but DER that this process or its own authority has made.
// Sources: RFC 5280 section 4, RFC 5758 section 3.2, RFC 7292; data-plane specification 2.2 and 3.3.

import { createHash, type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { SubjectName } from './server-names.ts';

const { asn1 } = forge;
const { Class, Type } = asn1;
type Node = forge.asn1.Asn1;

// forge's types lack an option of one function and the context-specific tags of the other.
const fromDer = asn1.fromDer as unknown as (
  bytes: string,
  options: { readonly decodeBitStrings: boolean },
) => Node;
const createContextSpecific: (
  tagClass: forge.asn1.Class,
  tag: number,
  constructed: boolean,
  value: string | Node[],
) => Node = asn1.create;

const signAsync = promisify(sign);

const SERIAL_BYTES = 16;
const FIRST_GENERALIZED_TIME_YEAR = 2050;

const OID = {
  organization: '2.5.4.10',
  organizationalUnit: '2.5.4.11',
  commonName: '2.5.4.3',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extKeyUsage: '2.5.29.37',
} as const;

const EXTENDED_KEY_USAGES = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;

/** By the type of the issuer's key: sha256WithRSAEncryption has NULL parameters, ecdsa-with-SHA256 none. */
const SIGNATURE_ALGORITHMS: ReadonlyMap<string, { readonly oid: string; readonly nullParameters: boolean }> =
  new Map([
    ['rsa', { oid: '1.2.840.113549.1.1.11', nullParameters: true }],
    ['ec', { oid: '1.2.840.10045.4.3.2', nullParameters: false }],
  ]);

/** Bits of the first octet of KeyUsage (RFC 5280 section 4.2.1.3). */
const KEY_USAGE_BITS = {
  digitalSignature: 0x80,
  keyEncipherment: 0x20,
  keyCertSign: 0x04,
  cRLSign: 0x02,
} as const;

/** Tags of GeneralName (RFC 5280 section 4.2.1.6). */
const GENERAL_NAME_TAGS = { dns: 2, ip: 7 } as const;

/** Upper bound of a common name (RFC 5280 appendix A.1). */
const MAX_COMMON_NAME = 64;

export interface Subject {
  readonly organization?: string;
  readonly organizationalUnit?: string;
  /** 1 to 64 characters. */
  readonly commonName: string;
}

export interface CertificateProfile {
  readonly subject: Subject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly keyUsage: readonly (keyof typeof KEY_USAGE_BITS)[];
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly extendedKeyUsage?: readonly (keyof typeof EXTENDED_KEY_USAGES)[];
  readonly names?: readonly SubjectName[];
  /** Adds the subject and authority key identifiers. */
  readonly keyIdentifiers?: boolean;
}

export interface Issuer {
  /** Absent: the certificate is self-signed. */
  readonly certificate?: X509Certificate;
  readonly privateKey: KeyObject;
}

/**
 * A certificate for `publicKey`, signed with SHA-256 by the issuer's RSA or EC key, under a random positive 16-byte serial.
 * @throws Error on a common name or validity that cannot be encoded, or an issuer key of another type.
 */
export async function signCertificate(
  profile: CertificateProfile,
  publicKey: KeyObject,
  issuer: Issuer,
): Promise<X509Certificate> {
  const algorithm = signatureAlgorithm(issuer.privateKey);
  const subject = distinguishedName(profile.subject);
  const tbs = sequence(
    context(0, true, [primitive(Type.INTEGER, '\x02')]),
    primitive(Type.INTEGER, newSerial()),
    algorithm,
    issuer.certificate === undefined ? subject : subjectOf(issuer.certificate),
    validity(profile.notBefore, profile.notAfter),
    subject,
    parseOwnDer(spkiOf(publicKey)),
    context(3, true, [
      sequence(...extensions(profile, publicKey, issuer.certificate?.publicKey ?? publicKey)),
    ]),
  );
  const signature = await signAsync('sha256', toDer(tbs), issuer.privateKey);
  return new X509Certificate(toDer(sequence(tbs, algorithm, bitString(signature))));
}

/**
 * PKCS#12 DER with one certificate, then its RSA key under PBE-SHA1-3DES, and a SHA-1 MAC, 2048 iterations each: the one
 * layout that every SDK's parser reads. Derives the keys in JavaScript: tens of milliseconds on the event loop.
 */
export function encodePkcs12(certificate: X509Certificate, privateKey: KeyObject, password: string): Buffer {
  const keyDer = privateKey.export({ type: 'pkcs8', format: 'der' });
  try {
    // forge's own copies of the key are strings and numbers, which cannot be wiped.
    const key = forge.pki.privateKeyFromAsn1(parseOwnDer(keyDer));
    const bag = forge.pki.certificateFromPem(certificate.toString());
    return toDer(forge.pkcs12.toPkcs12Asn1(key, bag, password, { algorithm: '3des' }));
  } finally {
    keyDer.fill(0);
  }
}

function extensions(profile: CertificateProfile, publicKey: KeyObject, issuerKey: KeyObject): Node[] {
  const nodes: Node[] = [];
  const { basicConstraints, names, keyUsage, extendedKeyUsage } = profile;
  if (basicConstraints !== undefined) {
    const fields: Node[] = [];
    if (basicConstraints.ca) fields.push(primitive(Type.BOOLEAN, '\xff'));
    if (basicConstraints.pathLength !== undefined) {
      fields.push(primitive(Type.INTEGER, asn1.integerToDer(basicConstraints.pathLength).getBytes()));
    }
    nodes.push(extension(OID.basicConstraints, true, sequence(...fields)));
  }
  nodes.push(extension(OID.keyUsage, true, keyUsageBits(keyUsage)));
  if (extendedKeyUsage !== undefined) {
    const purposes = extendedKeyUsage.map((usage) => objectIdentifier(EXTENDED_KEY_USAGES[usage]));
    nodes.push(extension(OID.extKeyUsage, false, sequence(...purposes)));
  }
  if (names !== undefined) {
    const general = names.map(({ kind, bytes }) => context(GENERAL_NAME_TAGS[kind], false, binary(bytes)));
    nodes.push(extension(OID.subjectAltName, false, sequence(...general)));
  }
  if (profile.keyIdentifiers === true) {
    const own = primitive(Type.OCTETSTRING, keyIdentifier(publicKey));
    const authority = sequence(context(0, false, keyIdentifier(issuerKey)));
    nodes.push(extension(OID.subjectKeyIdentifier, false, own));
    nodes.push(extension(OID.authorityKeyIdentifier, false, authority));
  }
  return nodes;
}

function extension(id: string, critical: boolean, value: Node): Node {
  const content = primitive(Type.OCTETSTRING, asn1.toDer(value).getBytes());
  // DER leaves out a BOOLEAN that has its default value, false.
  return critical
    ? sequence(objectIdentifier(id), primitive(Type.BOOLEAN, '\xff'), content)
    : sequence(objectIdentifier(id), content);
}

function keyUsageBits(usages: CertificateProfile['keyUsage']): Node {
  const bits = usages.reduce((all, usage) => all | KEY_USAGE_BITS[usage], 0);
  const unusedBits = 31 - Math.clz32(bits & -bits);
  return primitive(Type.BITSTRING, String.fromCharCode(unusedBits, bits));
}

/** SHA-1 of the key's BIT STRING without its unused-bits octet (RFC 5280 section 4.2.1.2, method 1). */
function keyIdentifier(publicKey: KeyObject): string {
  const { value } = child(parseOwnDer(spkiOf(publicKey)), 1);
  if (typeof value !== 'string') throw new Error('The public key has no BIT STRING.');
  return createHash('sha1').update(value.slice(1), 'latin1').digest('binary');
}

function signatureAlgorithm(privateKey: KeyObject): Node {
  const algorithm = SIGNATURE_ALGORITHMS.get(privateKey.asymmetricKeyType ?? '');
  if (algorithm === undefined) throw new Error('A certificate is signed with an RSA or EC private key.');
  const id = objectIdentifier(algorithm.oid);
  return algorithm.nullParameters ? sequence(id, primitive(Type.NULL, '')) : sequence(id);
}

function distinguishedName({ organization, organizationalUnit, commonName }: Subject): Node {
  if (commonName.length < 1 || commonName.length > MAX_COMMON_NAME)
    throw new Error('A common name has 1 to 64 characters.');
  const attributes: [string, string | undefined][] = [
    [OID.organization, organization],
    [OID.organizationalUnit, organizationalUnit],
    [OID.commonName, commonName],
  ];
  const names = attributes.flatMap(([id, text]) => {
    if (text === undefined) return [];
    const value = primitive(Type.UTF8, binary(Buffer.from(text, 'utf8')));
    return [asn1.create(Class.UNIVERSAL, Type.SET, true, [sequence(objectIdentifier(id), value)])];
  });
  return sequence(...names);
}

function validity(notBefore: Date, notAfter: Date): Node {
  // Written so that an invalid date (NaN) fails too.
  if (!(notBefore < notAfter)) throw new Error('A certificate ends after it begins.');
  return sequence(time(notBefore), time(notAfter));
}

function time(date: Date): Node {
  const year = date.getUTCFullYear();
  if (year < 1950 || year > 9999) throw new Error('A certificate time lies between the years 1950 and 9999.');
  return year < FIRST_GENERALIZED_TIME_YEAR
    ? primitive(Type.UTCTIME, asn1.dateToUtcTime(date))
    : primitive(Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date));
}

/** 16 bytes that begin with the bits 01: positive, and never shorter in DER. */
function newSerial(): string {
  const serial = randomBytes(SERIAL_BYTES);
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  return binary(serial);
}

/** The subject as encoded in the certificate, since a child's issuer field must repeat it byte for byte. */
function subjectOf(certificate: X509Certificate): Node {
  return child(child(parseOwnDer(certificate.raw), 0), 5);
}

function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** Without forge's guess that a BIT STRING may hold ASN.1. */
function parseOwnDer(der: Buffer): Node {
  return fromDer(binary(der), { decodeBitStrings: false });
}

function child(node: Node, index: number): Node {
  const found = typeof node.value === 'string' ? undefined : node.value[index];
  if (found === undefined) throw new Error('The DER has another structure than expected.');
  return found;
}

function sequence(...nodes: Node[]): Node {
  return asn1.create(Class.UNIVERSAL, Type.SEQUENCE, true, nodes);
}

function context(tag: number, constructed: boolean, value: string | Node[]): Node {
  return createContextSpecific(Class.CONTEXT_SPECIFIC, tag, constructed, value);
}

function primitive(type: forge.asn1.Type, bytes: string): Node {
  return asn1.create(Class.UNIVERSAL, type, false, bytes);
}

function objectIdentifier(id: string): Node {
  return primitive(Type.OID, asn1.oidToDer(id).getBytes());
}

function bitString(bytes: Buffer): Node {
  return primitive(Type.BITSTRING, `\0${binary(bytes)}`);
}

function toDer(node: Node): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
}

/** forge's byte strings: one character a byte. */
function binary(bytes: Buffer): string {
  return bytes.toString('latin1');
}
