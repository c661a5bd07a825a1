import { useQuery } from '@tanstack/react-query';
import { CatchBoundary, Link, Navigate, useRouter, useRouterState } from '@tanstack/react-router';
import { Badge, Button, Drawer } from 'antd';
import { BellOutlined, GlobalOutlined, MenuFoldOutlined, MenuUnfoldOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons';
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { acknowledgeQuery, caseTodoQuery, todoQuery } from '../api/todo';
import { changeLanguage, language } from '../texts';
import { Toasts } from '../pieces/toast';
import { NavIcon } from './nav-icon';
import { Guarded } from './guarded';
import { BrokenPart } from './last-resorts';
import { byHand, type NavEntry, navigationOf } from './navigation';
import { isOfPeriod, useKeptPeriod } from './period';
import { PeriodPicker } from './period-picker';
import { type Me, meQuery, useMe } from './session';
import { useSignOut } from './sign-out';
import { useOnline } from './online';

const Palette = lazy(() => import('./palette').then((file) => ({ default: file.Palette })));
const ExplainDrawer = lazy(() => import('../pieces/explain/drawer').then((file) => ({ default: file.ExplainDrawer })));

const FOLDED = 'centum.folded';
const BOTTOM = 4;

/** Around every page for whoever is signed in; whose session has ended signs in again and comes back to the same address. */
export function Frame(): ReactElement | null {
  const { data: me } = useQuery(meQuery);
  if (me) return <Framed me={me} />;
  return me === null ? <ToSignIn /> : null;
}

function ToSignIn(): ReactElement {
  const router = useRouter();
  // Of the first time: on the way the address is the one of signing in.
  const [search] = useState(() => ({ from: router.state.location.href }));
  return <Navigate to="/sign-in" search={search} replace />;
}

/** Navigation, top bar and what lies over every page: search, explanation, messages. */
function Framed({ me }: { readonly me: Me }): ReactElement {
  const { t } = useTranslation('common');
  const period = useKeptPeriod();
  const entries = navigationOf(me.roles).map((entry) =>
    period !== undefined && isOfPeriod(entry.to) ? { ...entry, search: { period } } : entry,
  );
  const [folded, setFolded] = useState(() => localStorage.getItem(FOLDED) === 'yes');
  const [isSearching, setSearching] = useState(false);
  const explained = useRouterState({ select: ({ location }) => (location.search as { explain?: string }).explain });
  useHotkey(() => setSearching(true));
  const fold = (): void => {
    localStorage.setItem(FOLDED, folded ? 'no' : 'yes');
    setFolded(!folded);
  };
  return (
    <Toasts>
      <div className={folded ? 'frame folded' : 'frame'}>
        <a className="skip" href="#main">
          {t('skip')}
        </a>
        <Side entries={entries} folded={folded} onFold={fold} />
        <TopBar onSearch={() => setSearching(true)} />
        <main id="main" tabIndex={-1}>
          <OfflineNote />
          <Guarded />
        </main>
        <BottomBar entries={entries} />
      </div>
      <CatchBoundary getResetKey={() => explained ?? ''} errorComponent={BrokenPart}>
        <Suspense fallback={null}>
          {isSearching && <Palette entries={entries} onClose={() => setSearching(false)} />}
          {explained !== undefined && <ExplainDrawer of={explained} />}
        </Suspense>
      </CatchBoundary>
    </Toasts>
  );
}

function Side({
  entries,
  folded,
  onFold,
}: {
  readonly entries: readonly NavEntry[];
  readonly folded: boolean;
  readonly onFold: () => void;
}): ReactElement {
  const { t } = useTranslation('common');
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <nav className="side" aria-label={t('menu')}>
      <Link to="/" className="brand">
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span className="words">Centum</span>
      </Link>
      {groups.map((group) => (
        <div key={group}>
          <p className="heading">{t(`group.${group}`)}</p>
          <ul>
            {entries
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <li key={entry.key}>
                  <EntryLink entry={entry} className="entry" folded={folded} />
                </li>
              ))}
          </ul>
        </div>
      ))}
      <Button
        type="text"
        onClick={onFold}
        icon={folded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={t('menu')}
        aria-expanded={!folded}
      />
    </nav>
  );
}

function EntryLink({
  entry,
  className,
  folded = false,
  onClick,
}: {
  readonly entry: NavEntry;
  readonly className?: string;
  readonly folded?: boolean;
  readonly onClick?: () => void;
}): ReactElement {
  const { t } = useTranslation('common');
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const isHere = entry.to === '/' ? path === '/' : path === entry.to || path.startsWith(`${entry.to}/`);
  const name = t(`nav.${entry.key}`);
  return (
    <Link
      to={entry.to}
      search={entry.search ?? {}}
      className={className}
      title={folded ? name : undefined}
      aria-label={folded ? name : undefined}
      aria-current={isHere ? 'page' : undefined}
      onClick={onClick}
    >
      <NavIcon of={entry.key} />
      <span className="words">{name}</span>
    </Link>
  );
}

function TopBar({ onSearch }: { readonly onSearch: () => void }): ReactElement {
  const { t } = useTranslation('common');
  return (
    <header className="bar">
      <PeriodPicker />
      <span className="space" />
      <Button
        type="text"
        icon={<SearchOutlined />}
        onClick={onSearch}
        aria-label={t('search')}
        aria-keyshortcuts="Control+K Meta+K"
        title={`${t('search')} (${t('palette.hotkey')})`}
      />
      <Inbox />
      <LanguageSwitch />
      <Account />
    </header>
  );
}

function Inbox(): ReactElement {
  const { t } = useTranslation('common');
  const { data: todos } = useQuery(todoQuery);
  const { data: appeals } = useQuery(caseTodoQuery);
  const { data: schemes } = useQuery(acknowledgeQuery);
  const count = (todos?.items.filter(({ begun }) => begun).length ?? 0) + (appeals?.items.length ?? 0) + (schemes?.items.length ?? 0);
  const name = todos?.next === undefined && appeals?.next === undefined ? t('inboxCount', { count }) : t('inboxMany', { count });
  return (
    <Link to="/" hash="todo" aria-label={name} title={name} className="ant-btn">
      <Badge count={count} overflowCount={49} size="small" color="#0958d9" offset={[-6, 6]}>
        <BellOutlined style={{ fontSize: 16, padding: 8, color: '#1f1f1f' }} aria-hidden="true" />
      </Badge>
    </Link>
  );
}

function LanguageSwitch(): ReactElement {
  const { t } = useTranslation('common');
  const other = language() === 'en' ? 'zh-CN' : 'en';
  return (
    <Button type="text" icon={<GlobalOutlined />} onClick={() => void changeLanguage(other)} lang={other} className="language">
      {t('language.other')}
    </Button>
  );
}

function Account(): ReactElement {
  const { t } = useTranslation('common');
  const me = useMe();
  const leave = useSignOut();
  const name = me.name ?? t('erased');
  // The browser's own popover: opens by click and by key, closes by Escape, and its content comes next in the order of tabs.
  return (
    <>
      <Button type="text" icon={<UserOutlined />} aria-label={`${t('account')}: ${name}`} popoverTarget="account" />
      <div id="account" popover="auto" className="account">
        <strong>{name}</strong>
        <p className="soft">{me.roles.map((role) => t(`role.${role}`)).join(' · ')}</p>
        <Button onClick={leave}>{t('signOut')}</Button>
      </div>
    </>
  );
}

/** On a phone: the first entries, and all others behind "more". */
function BottomBar({ entries }: { readonly entries: readonly NavEntry[] }): ReactElement {
  const { t } = useTranslation('common');
  const [isOpen, setOpen] = useState(false);
  const ordered = byHand(entries);
  const first = ordered.slice(0, entries.length > BOTTOM + 1 ? BOTTOM : BOTTOM + 1);
  const rest = ordered.slice(first.length);
  return (
    <nav className="bottom" aria-label={t('menu')}>
      {first.map((entry) => (
        <EntryLink key={entry.key} entry={entry} />
      ))}
      {rest.length > 0 && (
        <button type="button" onClick={() => setOpen(true)} aria-expanded={isOpen}>
          <NavIcon of="more" />
          <span>{t('more')}</span>
        </button>
      )}
      <Drawer open={isOpen} onClose={() => setOpen(false)} placement="bottom" title={t('menu')} size={420}>
        <ul className="cards">
          {rest.map((entry) => (
            <li key={entry.key}>
              <EntryLink entry={entry} onClick={() => setOpen(false)} />
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  );
}

function OfflineNote(): ReactElement | null {
  const { t } = useTranslation('common');
  if (useOnline()) return null;
  return (
    <div className="note warn" role="status">
      {t('offline')}
    </div>
  );
}

function useHotkey(open: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}
