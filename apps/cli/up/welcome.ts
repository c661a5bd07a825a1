import type { Configuration } from '#libs/config';
import type { Accounts } from './accounts';

/** What a newcomer needs to know, in both languages. */
export function welcome(configuration: Configuration, accounts: Accounts): readonly string[] {
  const url = configuration.http.publicUrl;
  return ['', `Centum is running / 系统已启动: ${url}`, `API: ${url}/api/v1/openapi.json`, '', ...accounts.lines];
}
