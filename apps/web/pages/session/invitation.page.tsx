import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client';
import { useCommand } from '../../api/command';
import { ProblemNote } from '../../pieces/problem-note';

const route = getRouteApi('/invitation/$token');

/** Whoever was invited sets their own password, once. */
export function InvitationPage(): ReactElement {
  const { t } = useTranslation('common');
  const { token } = route.useParams();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const accept = useCommand({
    send: (body: { token: string; password: string }) => bodyOf(api.POST('/api/v1/session/invitation', { body })),
    onDone: () => void navigate({ to: '/sign-in' }),
  });
  const differ = again !== '' && again !== password;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (password === again) accept.mutate({ token, password });
  };
  return (
    <main className="sign-in">
      <form className="panel stack" onSubmit={submit} aria-labelledby="invitation">
        <h1 id="invitation">{t('invitation.title')}</h1>
        <p>{t('invitation.text')}</p>
        {accept.error && <ProblemNote problem={accept.error.problem} />}
        <div className="field">
          <label htmlFor="password">{t('invitation.password')}</label>
          <input
            id="password"
            className="plain-input"
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            maxLength={200}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="again">{t('invitation.again')}</label>
          <input
            id="again"
            className="plain-input"
            type="password"
            autoComplete="new-password"
            required
            maxLength={200}
            value={again}
            aria-invalid={differ}
            aria-describedby="differ"
            onChange={(event) => setAgain(event.target.value)}
          />
          <span id="differ" className="wrong" role="alert">
            {differ ? t('invitation.differ') : ''}
          </span>
        </div>
        <Button type="primary" htmlType="submit" loading={accept.isPending} disabled={differ} block>
          {t('invitation.submit')}
        </Button>
      </form>
    </main>
  );
}
