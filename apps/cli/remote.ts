import { ApiClient, ApiProblem, apiTarget, explainProblem } from './client';
import { CliError, EXIT } from './output';

export interface RemoteOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** The API as whoever signed in with `centum login`. Thrown: CliError when nobody did. */
export async function remote(options: RemoteOptions): Promise<ApiClient> {
  const target = await apiTarget(options);
  if (target.token === undefined) throw new CliError('sign in first: centum login <login>', EXIT.usage);
  return new ApiClient(target);
}

/** A problem of the API becomes one clear line, with every named error under it. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiProblem) throw new CliError(explainProblem(error), EXIT.failed);
    throw error;
  }
}
