import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Gives the paths of all files under a folder whose names end in one of these, sorted. */
export function filesUnder(folder: string, ...ends: string[]): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && ends.some((end) => entry.name.endsWith(end)))
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

/** Gives the text of a file. */
export function textOf(file: string): string {
	return readFileSync(file, 'utf8');
}
