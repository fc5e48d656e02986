import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type {
	PublicKeyCredentialCreationOptionsJSON,
	PublicKeyCredentialRequestOptionsJSON
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';

type Answer = { origin?: string; userVerified?: boolean; forged?: boolean; count?: number };

/** A device that makes one passkey and answers with it, as a browser would hand the answers on. */
export type Device = {
	make(options: PublicKeyCredentialCreationOptionsJSON): string;
	answer(options: PublicKeyCredentialRequestOptionsJSON, how?: Answer): string;
};

/** Makes a device for a site (WebAuthn Level 2, 6.1 and 6.5: authenticator data, packed by hand). */
export function device(origin: string): Device {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const id = randomBytes(32);
	const rpId = createHash('sha256').update(new URL(origin).hostname).digest();
	return {
		make({ challenge }) {
			const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
			const key = new Map<number, number | Uint8Array>([
				...([
					[1, 2],
					[3, -7],
					[-1, 1],
					[-2, bytes(x)],
					[-3, bytes(y)]
				] as const)
			]);
			const length = Buffer.from([0, id.length]);
			const attested = [Buffer.alloc(16), length, id, Buffer.from(isoCBOR.encode(key))];
			const authData = Buffer.concat([rpId, Buffer.from([0x45]), Buffer.alloc(4), ...attested]);
			const attestation = new Map<string, string | Uint8Array | Map<string, never>>([
				['fmt', 'none'],
				['attStmt', new Map<string, never>()],
				['authData', new Uint8Array(authData)]
			]);
			return JSON.stringify({
				...whole(id),
				response: {
					clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
					attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString('base64url'),
					transports: ['internal']
				}
			});
		},
		answer({ challenge }, how = {}) {
			const { userVerified = true, forged = false, count = 0 } = how;
			const counted = Buffer.alloc(4);
			counted.writeUInt32BE(count);
			const flags = Buffer.from([userVerified ? 0x05 : 0x01]);
			const authData = Buffer.concat([rpId, flags, counted]);
			const client = clientData('webauthn.get', challenge, how.origin ?? origin);
			const signed = Buffer.concat([authData, createHash('sha256').update(client).digest()]);
			const signature = sign('sha256', forged ? Buffer.from('another') : signed, privateKey);
			return JSON.stringify({
				...whole(id),
				response: {
					clientDataJSON: client.toString('base64url'),
					authenticatorData: authData.toString('base64url'),
					signature: signature.toString('base64url')
				}
			});
		}
	};
}

function whole(id: Buffer) {
	const name = id.toString('base64url');
	return { id: name, rawId: name, type: 'public-key', clientExtensionResults: {} };
}

function clientData(type: string, challenge: string, origin: string): Buffer {
	return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function bytes(text: string): Uint8Array {
	return new Uint8Array(Buffer.from(text, 'base64url'));
}
