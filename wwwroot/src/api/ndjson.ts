import { ApiProblem } from './http';
import type { ImportProgress, ImportReport } from './registers';

type Line = ImportReport | ImportProgress | { type: string; detail: string; report: ImportReport };

/** Reads what an import tells, line by line: its progress, then the report, or the problem that ended it with the report so far. */
export async function lastReport(response: Response, progress: (told: ImportProgress) => void): Promise<ImportReport> {
  for await (const line of linesOf(response)) {
    const said = JSON.parse(line) as Line;
    if ('type' in said) throw new ApiProblem(response.status, said.type, said.type, said.detail, { report: said.report });
    if ('rejected' in said) return said;
    progress(said);
  }
  throw new ApiProblem(response.status, '/problems/cut-off', 'cut off', '');
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
    if (done) break;
  }
  if (rest.trim() !== '') yield rest;
}
