import type { Command } from 'commander';
import { z } from 'zod';
import { ApiClient, apiTarget, keepSession } from '../client';
import { environment } from '../environment';
import { CliError, EXIT, say } from '../output';
import { explained } from '../remote';

interface Options {
  readonly url?: string;
}

/** `centum login`: the token is kept for the next commands; the password comes from the environment or the terminal's input. */
export function register(program: Command): void {
  program
    .command('login')
    .description('sign in; the token is kept for the next commands / 登录')
    .argument('<login>')
    .option('--url <address>', 'where Centum runs (default: CENTUM_CLI_URL or http://127.0.0.1:8100)')
    .action((login: string, options: Options) => explained(() => signIn(login, options)));
}

async function signIn(login: string, options: Options): Promise<void> {
  const { url } = await apiTarget(options);
  const password = environment()['CENTUM_CLI_PASSWORD'] ?? (await fromInput());
  if (password === '') throw new CliError('no password: set CENTUM_CLI_PASSWORD or type it', EXIT.usage);
  const session = await new ApiClient({ url, token: undefined }).post('/session', z.object({ token: z.string(), expiresAt: z.string() }), {
    body: { login, password },
  });
  await keepSession(url, session.token);
  say(`signed in as ${login} at ${url} until ${session.expiresAt}`);
}

async function fromInput(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) {
    text += String(piece);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0]?.trim() ?? '';
}
