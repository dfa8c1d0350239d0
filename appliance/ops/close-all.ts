// Closing what was opened, last opened first: what cannot be closed does not keep the rest open.

/** Empties the list. @throws the first error, when all were tried */
export async function closeAll(closing: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closing.splice(0).reverse()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
