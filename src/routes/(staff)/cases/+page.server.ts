import * as views from '#lib/server/cases/views.ts';
import { run } from '#lib/server/http/run.ts';
import type { PageServerLoad } from './$types';

const shows = ['all', 'waiting', 'overdue'] as const;

export const load: PageServerLoad = (event) =>
	run(event, async (ctx) => {
		const asked = event.url.searchParams;
		const show = shows.find((known) => known === asked.get('show')) ?? 'all';
		const officer = asked.get('officer') ?? '';
		const all = await views.list(ctx);
		const officers = new Map(
			all.flatMap((line) => (line.officer ? [[line.officer.id, line.officer.label]] : []))
		);
		return {
			now: ctx.clock(),
			show,
			officer,
			team: ctx.actor.role === 'supervisor',
			mayOpen: ctx.actor.role === 'officer',
			officers: [...officers].map(([id, label]) => ({ id, label })),
			total: all.length,
			cases: all.filter(
				(line) =>
					(officer === '' || line.officer?.id === officer) &&
					(show === 'all' ||
						(show === 'waiting' && line.waiting.firstDue !== null) ||
						line.waiting.overdue > 0)
			)
		};
	});
