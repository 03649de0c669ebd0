import { codePart, type Recipe } from '../recipe.ts'

export const pomodoro: Recipe = {
  id: 'pomodoro',
  title: 'Pomodoro',
  summary: 'runs a focus and break timer in the status bar',
  category: 'Other',
  keywords: [
    'pomodoro|ポモドーロ|番茄|помодоро',
    'timer|kurzzeitwecker|minuteur|temporizador|cronometro|таймер|タイマー|计时|定时器',
    'countdown|compte a rebours|cuenta atras|contagem regressiva|conto alla rovescia|倒计时|カウントダウン|обратный отсчет',
    'focus|fokus|concentra+break|session|pause$|pausa|sitzung',
  ],
  usage: [
    'Click the clock in the status bar to start, and again to pause.',
    'A message tells when the time is over; “Skip” goes to the next phase, “Reset” back to the beginning.',
  ],
  part: () =>
    codePart({
      id: 'pomodoro',
      title: 'Pomodoro',
      call: 'activatePomodoro',
      onStartup: true,
      contributes: {
        commands: [
          { command: 'pomodoro.startPause', title: 'Start or Pause', category: 'Pomodoro' },
          { command: 'pomodoro.reset', title: 'Reset', category: 'Pomodoro' },
          { command: 'pomodoro.skip', title: 'Skip to Next Phase', category: 'Pomodoro' },
        ],
        settings: {
          'pomodoro.focusMinutes': {
            type: 'number',
            default: 25,
            minimum: 1,
            description: 'Minutes of focus.',
          },
          'pomodoro.breakMinutes': {
            type: 'number',
            default: 5,
            minimum: 1,
            description: 'Minutes of break.',
          },
        },
      },
    }),
}
