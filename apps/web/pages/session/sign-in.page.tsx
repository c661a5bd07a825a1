import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { meQuery } from '../../app/session';
import { ProblemNote } from '../../pieces/problem-note';
import { changeLanguage, language } from '../../texts';

const route = getRouteApi('/sign-in');

export function SignInPage(): ReactElement {
  const { t } = useTranslation('common');
  const { from } = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  useEffect(() => {
    document.title = `${t('signIn.title')} · Centum`;
  }, [t]);
  const enter = async (): Promise<void> => {
    queries.clear();
    await queries.fetchQuery(meQuery);
    // Only an address of this site: what came in the link must not lead elsewhere.
    router.history.push(from?.startsWith('/') === true && !from.startsWith('//') ? from : '/');
  };
  const signIn = useCommand({
    send: (body: { login: string; password: string }) => bodyOf(api.POST('/api/v1/session', { body })),
    onDone: () => void enter(),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signIn.mutate({ login: login.trim(), password });
  };
  return (
    <main className="sign-in">
      <form className="panel stack" onSubmit={submit} aria-labelledby="sign-in">
        <div className="row">
          <img src="/icon.svg" alt="" width={36} height={36} />
          <h1 id="sign-in">{t('product')}</h1>
        </div>
        {from !== undefined && <div className="note">{t('signIn.first')}</div>}
        {signIn.error && <ProblemNote problem={signIn.error.problem} />}
        <div className="field">
          <label htmlFor="login">{t('signIn.login')}</label>
          <input
            id="login"
            className="plain-input"
            autoComplete="username"
            required
            maxLength={200}
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="password">{t('signIn.password')}</label>
          <input
            id="password"
            className="plain-input"
            type="password"
            autoComplete="current-password"
            required
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <Button type="primary" htmlType="submit" loading={signIn.isPending} block>
          {t('signIn.submit')}
        </Button>
        <p className="soft">{t('signIn.demo')}</p>
        <Button type="text" onClick={() => void changeLanguage(language() === 'en' ? 'zh-CN' : 'en')}>
          {t('language.other')}
        </Button>
      </form>
    </main>
  );
}
