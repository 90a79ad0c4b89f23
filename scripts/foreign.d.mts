export const foreignPackages: readonly string[];
export const howToGetForeign: string;
export function findForeignPython(): string | undefined;
