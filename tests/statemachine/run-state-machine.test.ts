import { failWith, INPUT, namesOf, run, STATE, steps } from './fake-steps';

describe('order', () => {
  test('runs every step once and waits for the password to arrive', async () => {
    const record = await run();
    expect(record).toMatchObject({ status: 'SUCCEEDED', input: INPUT });
    expect(namesOf(record)).toEqual([
      'ChooseOperation',
      'CreateSecret',
      'IsAlreadyRotated',
      'IsMasterRotating',
      'SetSecret',
      'WaitForPasswordPropagation',
      'TestSecret',
      'FinishSecret',
      'RotationSucceeded',
    ]);
    expect(record.states.map((state) => state.attempts)).toEqual(record.states.map(() => 1));
  });

  test('has nothing to do when CreateSecret finds the rotation done', async () => {
    const handlers = steps({ CreateSecret: () => Promise.resolve({ ...STATE, alreadyRotated: true }) });
    const record = await run({ handlers });
    expect(namesOf(record)).toEqual([
      'ChooseOperation',
      'CreateSecret',
      'IsAlreadyRotated',
      'RotationSucceeded',
    ]);
    expect(handlers.SetSecret).not.toHaveBeenCalled();
  });

  test('waits for the master only while the master is rotating', async () => {
    const CreateSecret = (): Promise<unknown> => Promise.resolve({ ...STATE, masterRotating: true });
    const record = await run({ handlers: steps({ CreateSecret }) });
    expect(namesOf(record).slice(3, 6)).toEqual(['IsMasterRotating', 'WaitForMasterPassword', 'SetSecret']);
  });
});

describe('a preflight', () => {
  test('is asked for by the operation, and runs nothing else', async () => {
    const handlers = steps();
    const record = await run({ handlers, input: { ...INPUT, operation: 'preflight' } });
    expect(namesOf(record)).toEqual(['ChooseOperation', 'Preflight', 'PreflightPassed']);
    expect(record.status).toBe('SUCCEEDED');
    expect(handlers.CreateSecret).not.toHaveBeenCalled();
  });
});

describe('what SetSecret left and does not hold', () => {
  test.each([
    ['TestSecret', 'SetAgainRequiredError', 4], // three retries, then the catch
    ['TestSecret', 'ProofOutdatedError', 1],
    ['FinishSecret', 'ProofOutdatedError', 1],
  ])('sends the machine back to it, from %s for %s after attempt %i', async (state, error, attempts) => {
    const handlers = steps({ [state]: failWith(error, attempts) });
    const record = await run({ handlers });
    expect(record.status).toBe('SUCCEEDED');
    expect(namesOf(record)).toContain('SetAgain');
    expect(record.states.find(({ name }) => name === state)).toMatchObject({ attempts });
    expect(handlers.SetSecret).toHaveBeenCalledTimes(2);
    expect(handlers.SetSecret).toHaveBeenLastCalledWith({
      state: expect.objectContaining({ setAgain: { redriveCount: 0 } }) as unknown,
      redriveCount: 0,
    });
  });

  test('is noted with the redrive in which it happened', async () => {
    const handlers = steps({ FinishSecret: failWith('ProofOutdatedError', 1) });
    await run({ handlers, startAt: 'FinishSecret', input: STATE, redriveCount: 2 });
    expect(handlers.SetSecret).toHaveBeenCalledWith({
      state: expect.objectContaining({ setAgain: { redriveCount: 2 } }) as unknown,
      redriveCount: 2,
    });
  });
});

describe('what the steps see', () => {
  test('CreateSecret gets the input and the ARN of the execution, later steps the collected state', async () => {
    const handlers = steps();
    const { executionArn, output } = await run({ handlers, executionName: 'tuesday' });
    expect(executionArn).toMatch(/^arn:aws:states:.*:execution:rotation:tuesday$/);
    expect(handlers.CreateSecret).toHaveBeenCalledWith({ input: INPUT, executionArn });
    expect(handlers.TestSecret).toHaveBeenCalledWith({
      state: { ...STATE, setSecret: { changed: true } },
      redriveCount: 0,
    });
    expect(output).toEqual({
      ...STATE,
      setSecret: { changed: true },
      testSecret: { account: 'app_clone@%' },
      finishSecret: { promoted: true },
    });
  });

  test('nothing passes between steps that JSON would not carry', async () => {
    const when = new Date(0);
    const CreateSecret = (): Promise<unknown> => Promise.resolve({ ...STATE, when, gone: undefined });
    const handlers = steps({ CreateSecret });
    await run({ handlers });
    expect(handlers.SetSecret).toHaveBeenCalledWith({
      state: { ...STATE, when: when.toISOString() },
      redriveCount: 0,
    });
  });
});

describe('failures', () => {
  test('a master that stays rejected fails the execution at SetSecret after ten retries', async () => {
    const handlers = steps({ SetSecret: failWith('MasterCredentialRejectedError') });
    const record = await run({ handlers });
    expect(record).toMatchObject({
      status: 'FAILED',
      error: 'MasterCredentialRejectedError',
      cause: 'why MasterCredentialRejectedError',
    });
    expect(record.states.at(-1)).toMatchObject({
      name: 'SetSecret',
      attempts: 11,
      input: STATE,
      error: 'MasterCredentialRejectedError',
    });
    expect(handlers.SetSecret).toHaveBeenCalledTimes(11);
    expect(handlers.TestSecret).not.toHaveBeenCalled();
  });

  test('a step that recovers leaves no error behind', async () => {
    const record = await run({ handlers: steps({ SetSecret: failWith('DatabaseBusyError', 2) }) });
    const setSecret = record.states.find((state) => state.name === 'SetSecret');
    expect(record.status).toBe('SUCCEEDED');
    expect(setSecret).toMatchObject({ attempts: 3 });
    expect(setSecret).not.toHaveProperty('error');
  });

  test('each retrier counts for itself', async () => {
    let call = 0;
    const alternate = [failWith('DatabaseBusyError'), failWith('Lambda.ServiceException')] as const;
    const FinishSecret = (): Promise<unknown> => alternate[call++ % 2 === 0 ? 0 : 1]();
    const record = await run({ handlers: steps({ FinishSecret }) });
    expect(record.states.at(-1)).toMatchObject({ attempts: 13, error: 'DatabaseBusyError' });
  });

  test('an error that no retrier names is final', async () => {
    const handlers = steps({ TestSecret: failWith('PrivilegeParityError') });
    const record = await run({ handlers });
    expect(record).toMatchObject({ status: 'FAILED', error: 'PrivilegeParityError' });
    expect(handlers.TestSecret).toHaveBeenCalledTimes(1);
  });

  test('a redrive starts at the failed state, with its recorded input and the same ARN', async () => {
    const failed = await run({ handlers: steps({ TestSecret: failWith('PrivilegeParityError') }) });
    const last = failed.states.at(-1);
    const handlers = steps();
    const redriven = await run({
      handlers,
      input: last?.input,
      startAt: last?.name ?? '',
      executionName: failed.executionArn.split(':').at(-1) ?? '',
    });
    expect(redriven.status).toBe('SUCCEEDED');
    expect(redriven.executionArn).toBe(failed.executionArn);
    expect(namesOf(redriven)).toEqual(['TestSecret', 'FinishSecret', 'RotationSucceeded']);
    expect(handlers.TestSecret).toHaveBeenCalledWith({
      state: { ...STATE, setSecret: { changed: true } },
      redriveCount: 0,
    });
  });

  test('a Task without a handler, or a handler without a Task, is refused before anything runs', async () => {
    const { FinishSecret: left, ...others } = steps();
    await expect(run({ handlers: others })).rejects.toThrow('FinishSecret');
    await expect(run({ handlers: { ...steps(), FinishSecrets: left } })).rejects.toThrow('FinishSecrets');
    expect(others.CreateSecret).not.toHaveBeenCalled();
  });
});
