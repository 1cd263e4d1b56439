import { Field, Input } from '../../ui/index.ts';
import type { ShownCaptcha } from './sourceSteps.ts';

/** The other system's challenge, as far as it shows one to programs. */
export function CaptchaField({
  captcha: { image, text },
  value,
  onValue,
}: {
  captcha: ShownCaptcha;
  value: string;
  onValue: (value: string) => void;
}) {
  const isShown = image !== '' || text !== '';
  return (
    <div className="flex flex-col gap-2">
      {image !== '' && (
        <img
          src={image}
          alt="Captcha of the other system"
          className="max-h-24 self-start rounded-md border border-line"
        />
      )}
      <Field
        label={text === '' ? 'Captcha' : text}
        help={
          isShown
            ? undefined
            : 'It shows no picture to programs. Ask an administrator to switch it off there, or to enter an API key.'
        }
      >
        <Input
          key={`${image}${text}`}
          autoFocus
          value={value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onValue(event.target.value)}
        />
      </Field>
    </div>
  );
}
