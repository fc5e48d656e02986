import type { FieldError } from '#lib/forms/form.ts';
import type { SetUpRefusal } from '#lib/server/restricted/setup.ts';

/** Gives the error that stands at the list which somebody could not be put on. */
export function labelProblem({ list, label, why }: SetUpRefusal): FieldError {
	return { field: list, key: `staff-access:error.${why}`, values: { label } };
}
