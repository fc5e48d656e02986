import { sequence } from '@sveltejs/kit/hooks';
import { guard } from '#lib/server/http/guard.ts';
import { language } from '#lib/server/http/language.ts';
import { failure } from '#lib/server/http/failure.ts';
import { requestId } from '#lib/server/http/request-id.ts';
import { session } from '#lib/server/http/session.ts';

export const handle = sequence(requestId, session, language, guard);
export const handleError = failure;
