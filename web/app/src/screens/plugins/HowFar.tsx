// How far a policy goes: it decides, it decides for a share of the calls, or it is only compared.

import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import type { PolicyStage } from '../../api/plugins';
import { NumberField } from '../../ui/Field';

const STAGES: PolicyStage[] = ['decides', 'share', 'shadow'];

const SHARE = 'share';

/** The share that was entered, in hundredths of the calls. */
export function shareOf(data: FormData): number | null {
  const value = data.get(SHARE);
  return typeof value === 'string' && value !== '' ? Number(value) : null;
}

export function HowFar({
  stage,
  onChange,
}: {
  stage: PolicyStage;
  onChange: (stage: PolicyStage) => void;
}) {
  const t = useTranslations('trials');
  return (
    <div className="grid gap-3">
      <RadioGroup
        value={stage}
        onChange={(value) => onChange(value as PolicyStage)}
        className="grid gap-1"
      >
        <Label className="text-sm font-medium">{t('how_far')}</Label>
        {STAGES.map((each) => (
          <Way key={each} stage={each} />
        ))}
      </RadioGroup>
      {stage === 'share' && (
        <NumberField
          name={SHARE}
          label={t('share')}
          unit="%"
          minValue={1}
          maxValue={99}
          step={1}
          defaultValue={10}
          isRequired
        />
      )}
    </div>
  );
}

function Way({ stage }: { stage: PolicyStage }) {
  const t = useTranslations('trials');
  return (
    <Radio value={stage} className="group flex min-h-8 cursor-pointer items-start gap-2.5 py-1">
      <span className="mt-0.5 grid size-5 shrink-0 place-items-center rounded-full ring-1 ring-inset ring-edge group-data-[selected]:ring-2 group-data-[selected]:ring-accent group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent">
        <span className="hidden size-2.5 rounded-full bg-accent group-data-[selected]:block" />
      </span>
      <span className="min-w-0">
        <span className="block">{t(`stage.${stage}`)}</span>
        <span className="block text-sm text-muted">{t(`stage_hint.${stage}`)}</span>
      </span>
    </Radio>
  );
}
