import { randomUUID } from 'node:crypto';
import { addressKey } from '#lib/domain/linked/address.ts';
import { nameKey } from '#lib/domain/linked/name.ts';
import { phoneNumber } from '#lib/domain/linked/number.ts';
import { bare } from '#lib/domain/linked/writing.ts';
import type { Ctx } from '#lib/server/context.ts';
import type { Story } from '#lib/server/demo/seed/story.ts';
import { add } from '#lib/server/linked/page.ts';

/** Links the suspects of a story to its case. */
export async function playLinked(officer: Ctx, story: Story, reference: string): Promise<void> {
	for (const { role, address = '', number = '', initial = '', surname = '' } of story.linked ??
		[]) {
		const one = {
			role,
			address: addressKey(address),
			number: phoneNumber(number),
			name: nameKey(initial, surname),
			surname: surname === '' ? null : bare(surname)
		};
		await add(officer, reference, one, randomUUID());
	}
}
