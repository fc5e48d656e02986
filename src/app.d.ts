import type { Stay } from '#lib/domain/session/limits.ts';
import type { Translate } from '#lib/i18n/create.ts';
import type { Language } from '#lib/i18n/languages.ts';
import type { Actor } from '#lib/server/context.ts';

declare global {
	namespace App {
		interface Locals {
			actor: Actor | null;
			language: Language;
			requestId: string;
			/** Until when the person who asks stays signed in. */
			stay?: Stay;
			/** The token of a session that has run out, brought along by this request. */
			endedToken?: string;
		}
		interface Error {
			message: string;
			reference?: string;
		}
		interface PageData {
			t?: Translate;
			language?: Language;
		}
	}
}

export {};
