import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { type KeyboardEvent, type ReactElement, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../api/client';
import { formatPeriod } from '../pieces/format';
import { changeLanguage, language } from '../texts';
import { type NavEntry } from './navigation';
import { useSignOut } from './sign-out';

interface Hit {
  readonly key: string;
  readonly group: 'pages' | 'people' | 'cycles' | 'appeals' | 'commands';
  readonly name: string;
  readonly more?: string;
  readonly go: () => void;
}

const PLACES = { person: ['people', '/people/'], cycle: ['cycles', '/cycles/'], appeal: ['appeals', '/appeals/'] } as const;
/** Shorter than this finds nothing: names and numbers must be whole. */
const SHORTEST = 2;

/** Ctrl/⌘ K: pages, commands, and what the API finds of people, cycles and appeals. */
export function Palette({ entries, onClose }: { readonly entries: readonly NavEntry[]; readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation('common');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const hits = useHits(entries, text);
  const take = (hit: Hit | undefined): void => {
    if (!hit) return;
    onClose();
    hit.go();
  };
  const press = (event: KeyboardEvent): void => {
    // Keys that an input method takes for itself: Enter commits what is being composed.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((now) => (now + step + hits.length) % Math.max(1, hits.length));
    }
    if (event.key === 'Enter') take(hits[chosen]);
  };
  return (
    <Modal open onCancel={onClose} footer={null} title={t('palette.title')}>
      <input
        className="plain-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-hits"
        aria-autocomplete="list"
        aria-activedescendant={hits[chosen] ? `hit-${hits[chosen].key}` : undefined}
        aria-label={t('search')}
        placeholder={t('palette.hint')}
        autoFocus
        maxLength={120}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosen(0);
        }}
        onKeyDown={press}
      />
      <ul id="palette-hits" role="listbox" aria-label={t('palette.title')} className="hits">
        {hits.map((hit, index) => (
          <li key={hit.key} id={`hit-${hit.key}`} role="option" aria-selected={index === chosen} onClick={() => take(hit)}>
            <span>{hit.name}</span>
            <span className="soft">
              {t(`palette.${hit.group}`)}
              {hit.more !== undefined && ` · ${hit.more}`}
            </span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && (
        <p className="soft" role="status">
          {t('palette.nothing', { text })}
        </p>
      )}
    </Modal>
  );
}

function useHits(entries: readonly NavEntry[], text: string): readonly Hit[] {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const leave = useSignOut();
  const q = useDeferredValue(text.trim());
  const found = useQuery({
    queryKey: ['search', q],
    enabled: q.length >= SHORTEST,
    placeholderData: keepPreviousData,
    queryFn: () => bodyOf(api.GET('/api/v1/search', { params: { query: { q } } })),
  });
  const pages: Hit[] = entries.map(({ key, to, search }) => ({
    key,
    group: 'pages',
    name: t(`nav.${key}`),
    go: () => void navigate({ to, search: search ?? {} }),
  }));
  const commands: Hit[] = [
    { key: 'language', group: 'commands', name: t('language.other'), go: () => void changeLanguage(language() === 'en' ? 'zh-CN' : 'en') },
    { key: 'sign-out', group: 'commands', name: t('signOut'), go: leave },
  ];
  const things: Hit[] = (q.length < SHORTEST ? [] : (found.data?.items ?? [])).map(({ kind, id, title, subtitle }) => {
    const [group, place] = PLACES[kind];
    return {
      key: `${kind}-${id}`,
      group,
      name: title ?? t('erased'),
      ...moreOf(kind, subtitle),
      go: () => void navigate({ to: `${place}${id}` }),
    };
  });
  const wanted = text.trim().toLowerCase();
  return [...things, ...[...pages, ...commands].filter(({ name }) => name.toLowerCase().includes(wanted))];
}

/** What stands beside a found thing; the stage of an appeal is a code, and its words are of another page. */
function moreOf(kind: keyof typeof PLACES, subtitle: string): { readonly more?: string } {
  if (kind === 'appeal') return {};
  return { more: kind === 'cycle' ? formatPeriod(subtitle) : subtitle };
}
