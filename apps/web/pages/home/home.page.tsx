import { lazy, type ReactElement, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { hasRole, useMe } from '../../app/session';
import { Page } from '../../pieces/page';
import { Skeleton } from '../../pieces/skeleton';
import { OwnResult } from './own-result';
import { TodoPanel } from './todo-panel';

/** What a rep sees comes with the first load; what others see in addition comes after it. */
const RolePanels = lazy(() => import('./role-panels').then((file) => ({ default: file.RolePanels })));

/** What waits for this person by deadline, and the numbers that matter to their roles. */
export function HomePage(): ReactElement {
  const { t } = useTranslation('home');
  const { t: common } = useTranslation('common');
  const me = useMe();
  const isOnlyRep = me.roles.every((role) => role === 'rep');
  return (
    <Page title={common('nav.home')} meta={t('hello', { name: me.name ?? '' })}>
      <div className="grid">
        <TodoPanel />
        {hasRole(me, 'rep') && <OwnResult />}
        {!isOnlyRep && (
          <Suspense fallback={<Skeleton />}>
            <RolePanels />
          </Suspense>
        )}
      </div>
    </Page>
  );
}
