import { expect, test } from 'vitest'
import { createThrottle, networkPrefix } from './throttle.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the network of %s is %s', (ip, prefix) => {
  expect(networkPrefix(ip)).toBe(prefix)
})

test('V28: a customer who turns through a /64 shares one limit', async () => {
  const throttle = createThrottle({ callsPerMinute: 10, signUpsPerHour: 10 })
  for (let n = 0; n < 10; n++) await throttle.calls(`2001:db8:1:2::${n.toString(16)}`, 1)
  await expect(throttle.calls('2001:db8:1:2:ffff::1', 1)).rejects.toMatchObject({
    kind: 'too_many_requests',
    retryAfterSeconds: expect.any(Number),
  })
  await expect(throttle.calls('2001:db8:1:3::1', 1)).resolves.toBeUndefined()
})

test('the procedures of a batch are counted one by one', async () => {
  const throttle = createThrottle({ callsPerMinute: 10, signUpsPerHour: 10 })
  await throttle.calls('192.0.2.1', 10)
  await expect(throttle.calls('192.0.2.1', 1)).rejects.toMatchObject({ kind: 'too_many_requests' })
})

test('sign-ups of one network are limited by the hour', async () => {
  const throttle = createThrottle({ callsPerMinute: 10, signUpsPerHour: 2 })
  await throttle.signUp('192.0.2.1')
  await throttle.signUp('192.0.2.1')
  await expect(throttle.signUp('192.0.2.1')).rejects.toMatchObject({ kind: 'too_many_requests' })
})
