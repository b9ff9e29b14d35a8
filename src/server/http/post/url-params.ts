// The parameters of an operation in the URL of a GET request, as Yoga reads them.

/** The parameters in the form of a POST body; null if `variables` or `extensions` are not JSON, which Yoga refuses. */
export function urlParamsOf(target: string): object | null {
  const { searchParams } = new URL(target, 'http://localhost');
  const textOf = (name: string) => searchParams.get(name) || undefined;
  const jsonOf = (name: string): unknown => {
    const text = textOf(name);
    return text === undefined ? undefined : JSON.parse(text);
  };
  try {
    return {
      operationName: textOf('operationName'),
      query: textOf('query'),
      variables: jsonOf('variables'),
      extensions: jsonOf('extensions'),
      documentId: searchParams.get('documentId') ?? undefined,
    };
  } catch {
    return null;
  }
}
