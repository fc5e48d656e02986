import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

type Cost = { memory: number; passes: number; parallelism: number };
type Hash = { cost: Cost; salt: Buffer; key: Buffer };

// More than OWASP's least (19 MiB, 2 passes, 1 lane): 46 MiB, 2 passes. There is no cheaper setting.
const cost: Cost = { memory: 47_104, passes: 2, parallelism: 1 };
const saltLength = 16;
const keyLength = 32;

// 46 MiB each: four at once is all the memory that signing in may ever take.
const most = 4;
let running = 0;
const queue: (() => void)[] = [];

// Checked when there is no password to check, so that an unknown name takes as long as a wrong
// password. Nobody's password: its key is not the outcome of any hash.
const dummy = encode({ cost, salt: Buffer.alloc(saltLength, 1), key: Buffer.alloc(keyLength, 2) });

/** Takes a password and gives its Argon2id hash as a PHC string with a fresh salt. */
export async function hash(password: string): Promise<string> {
	const salt = randomBytes(saltLength);
	return encode({ cost, salt, key: await derive(password, salt, cost, keyLength) });
}

/**
 * Whether `password` is the one that `stored` (a PHC string) was made from. With nothing stored, or
 * something unreadable, it does the same work and answers false.
 */
export async function verify(stored: string | null, password: string): Promise<boolean> {
	const known = stored === null ? null : decode(stored);
	const against = known ?? decode(dummy);
	if (against === null) throw new Error('The dummy hash cannot be read.');
	const key = await derive(password, against.salt, against.cost, against.key.length);
	return timingSafeEqual(key, against.key) && known !== null;
}

/** How many hashes are being made now and how many wait for their turn. */
export function load(): { running: number; waiting: number } {
	return { running, waiting: queue.length };
}

async function derive(
	password: string,
	nonce: Buffer,
	{ memory, passes, parallelism }: Cost,
	tagLength: number
): Promise<Buffer> {
	// The same letters typed on another keyboard may arrive composed differently (NIST SP 800-63B).
	const message = password.normalize('NFKC');
	await enter();
	try {
		return await new Promise<Buffer>((resolve, reject) => {
			const parameters = { message, nonce, memory, passes, parallelism, tagLength };
			argon2('argon2id', parameters, (error, key) => {
				if (error) reject(error);
				else resolve(key);
			});
		});
	} finally {
		leave();
	}
}

async function enter(): Promise<void> {
	if (running < most) {
		running += 1;
		return;
	}
	await new Promise<void>((resolve) => queue.push(resolve));
}

function leave(): void {
	// The place passes to the first in line without becoming free in between.
	const next = queue.shift();
	if (next) next();
	else running -= 1;
}

function encode({ cost: { memory, passes, parallelism }, salt, key }: Hash): string {
	const numbers = `m=${String(memory)},t=${String(passes)},p=${String(parallelism)}`;
	return `$argon2id$v=19$${numbers}$${unpadded(salt)}$${unpadded(key)}`;
}

function unpadded(bytes: Buffer): string {
	return bytes.toString('base64').replace(/=+$/, '');
}

const phc =
	/^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9]\d?)\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{22,86})$/;

function decode(text: string): Hash | null {
	const [whole, memory, passes, parallelism, salt, key] = phc.exec(text) ?? [];
	if (whole === undefined || salt === undefined || key === undefined) return null;
	return {
		cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
		salt: Buffer.from(salt, 'base64'),
		key: Buffer.from(key, 'base64')
	};
}
