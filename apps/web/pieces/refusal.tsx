import { Link } from '@tanstack/react-router';
import { type ReactElement, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../app/session';
import { formatList } from './format';

/** Of what a page asked for, something was refused: who may see it is known by the API alone. */
export function Denied(): ReactElement {
  const { t } = useTranslation('common');
  return (
    <div className="empty" role="alert">
      <strong>{t('denied.title')}</strong>
      {t('denied.text')}
    </div>
  );
}

/** Instead of a page that is not shown to the viewer's roles: who may see it, and a way home. */
export function DeniedPage({ roles }: { readonly roles: readonly Role[] }): ReactElement {
  const { t } = useTranslation('common');
  useTitle(t('denied.title'));
  return (
    <div className="empty" role="alert">
      <h1>{t('denied.title')}</h1>
      <p>{t('denied.text')}</p>
      <p>{t('denied.who', { roles: formatList(roles.map((role) => t(`role.${role}`))) })}</p>
      <p>
        <Link to="/">{t('denied.home')}</Link>
      </p>
    </div>
  );
}

/** What was not looked at before the network went away. */
export function Absent(): ReactElement {
  const { t } = useTranslation('common');
  return (
    <div className="empty" role="status">
      <strong>{t('absent.title')}</strong>
      {t('absent.text')}
    </div>
  );
}

/** An address that leads nowhere. */
export function Missing({ isPage = false }: { readonly isPage?: boolean }): ReactElement {
  const { t } = useTranslation('common');
  useTitle(isPage ? t('missing.title') : undefined);
  return (
    <div className="empty">
      {isPage ? <h1>{t('missing.title')}</h1> : <strong>{t('missing.title')}</strong>}
      <p>{t('missing.text')}</p>
      <p>
        <Link to="/">{t('missing.home')}</Link>
      </p>
    </div>
  );
}

function useTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · Centum`;
  }, [title]);
}
