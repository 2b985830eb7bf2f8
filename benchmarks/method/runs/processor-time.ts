/** Does something, and says how many seconds of processor time it took, all threads of this process together. */
export async function timed<Value>(body: () => Promise<Value>): Promise<{ value: Value; seconds: number }> {
  const before = process.cpuUsage();
  const value = await body();
  const { user, system } = process.cpuUsage(before);
  return { value, seconds: (user + system) / 1e6 };
}
