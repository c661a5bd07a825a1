import { useTranslation } from 'react-i18next';
import { systemOf } from './system-actor';

/** Who did something, as people say it: by name, or what acted by itself. */
export function useActorWords(): (actor: string, name: string | null) => string {
  const { t } = useTranslation('explain');
  const { t: common } = useTranslation('common');
  return (actor, name) => {
    const system = systemOf(actor);
    return system === undefined ? (name ?? common('erased')) : t(`actor.${system}`);
  };
}
