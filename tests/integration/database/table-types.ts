import path from 'node:path';
import ts from 'typescript';

export type TypedColumn = { table: string; column: string; nullable: boolean; generated: boolean };

/** Reads the table types as the compiler sees them; gives each table's columns. */
export function tableTypes(): TypedColumn[] {
	const file = path.resolve('src/lib/server/db/schema.ts');
	const program = ts.createProgram([file], {
		...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
		...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
		...{ target: ts.ScriptTarget.ES2023, types: ['node'] }
	});
	const checker = program.getTypeChecker();
	const source = program.getSourceFile(file);
	const database = source?.statements.find(
		(each) => ts.isInterfaceDeclaration(each) && each.name.text === 'Database'
	);
	if (!source || !database) throw new Error('schema.ts has no interface Database');
	return checker
		.getTypeAtLocation(database)
		.getProperties()
		.flatMap((table) =>
			checker
				.getTypeOfSymbolAtLocation(table, source)
				.getProperties()
				.map((column) => ({
					table: table.name,
					column: column.name,
					...whatIs(checker.getTypeOfSymbolAtLocation(column, source), checker)
				}))
		);
}

function whatIs(type: ts.Type, checker: ts.TypeChecker): { nullable: boolean; generated: boolean } {
	// Generated<T> is ColumnType<T, …>: an object whose `__select__` is T.
	const selected = type.getProperty('__select__');
	const value = selected ? checker.getTypeOfSymbol(selected) : type;
	const parts = value.isUnion() ? value.types : [value];
	const nullable = parts.some((part) => (part.flags & ts.TypeFlags.Null) !== 0);
	return { nullable, generated: selected !== undefined };
}
