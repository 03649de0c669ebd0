-- The ledger: the only code that writes accounts, holds, transfers, entries and grants.
--
-- Every function takes parallel arrays (a batch of one is a batch) and answers one row per call, in the order of `i`
-- (1-based). What can go wrong for one call is an outcome, never an exception: an exception would fail the whole batch.
-- Within a batch the calls run in (org, order of arrival): all code locks wallets in org order, so batches never
-- deadlock. The wallet's row lock serializes an org; its other accounts are only touched under that lock.
-- Lock first, read in a LATER statement: under READ COMMITTED each statement of a VOLATILE function has a new snapshot.
-- `p_now` is the database's clock unless a test says otherwise.
--
-- No sum can overflow: an org's accounts sum to zero, `source` goes down to −4e18 microtokens by grants and to −8e18 by
-- what the platform bears, and a CHECK keeps floors within ±1e18. What would go beyond is `invalid`.

-- A tenant's connection may only act for its own org; the service role acts for all.
CREATE FUNCTION app.ledger_guard(p_org uuid[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user = 'app_user' AND EXISTS (
    SELECT FROM unnest(p_org) AS org
    WHERE org IS DISTINCT FROM nullif(current_setting('app.org_id', true), '')::uuid
  ) THEN
    RAISE EXCEPTION 'ledger call for another org' USING ERRCODE = '42501';
  END IF;
END $$;
--> statement-breakpoint
-- Opens the five accounts of each org. Opening twice changes nothing.
CREATE FUNCTION app.ledger_open(p_org uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM app.ledger_guard(p_org);
  INSERT INTO app.accounts (org_id, kind, floor)
  SELECT org, kind, CASE kind WHEN 'wallet' THEN 0 END
  FROM unnest(p_org) AS org
  CROSS JOIN unnest(ARRAY['wallet', 'source', 'usage', 'expired', 'quality']) AS kind
  ORDER BY org, kind
  ON CONFLICT DO NOTHING;
END $$;
--> statement-breakpoint
-- Moves `p_amount` > 0 between two accounts of one org whose wallet the caller has locked. Returns the transfer's id.
CREATE FUNCTION app.ledger_move(
  p_org uuid, p_op uuid, p_hash bytea, p_kind text, p_amount bigint, p_from text, p_to text,
  p_book text, p_description text, p_now timestamptz
) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_id uuid := uuidv7();
BEGIN
  UPDATE app.accounts SET balance = balance - p_amount WHERE org_id = p_org AND kind = p_from;
  UPDATE app.accounts SET balance = balance + p_amount WHERE org_id = p_org AND kind = p_to;
  INSERT INTO app.transfers
    (org_id, id, operation_id, request_hash, kind, amount, from_kind, to_kind, price_book_id, wallet_balance, description, at)
  SELECT p_org, v_id, p_op, p_hash, p_kind, p_amount, p_from, p_to, p_book, balance, p_description, p_now
  FROM app.accounts WHERE org_id = p_org AND kind = 'wallet';
  INSERT INTO app.entries (org_id, transfer_id, account_kind, amount)
  VALUES (p_org, v_id, p_from, -p_amount), (p_org, v_id, p_to, p_amount);
  RETURN v_id;
END $$;
--> statement-breakpoint
-- Takes `p_amount` from the open grants of an org, soonest-expiring first.
CREATE FUNCTION app.ledger_spend_grants(p_org uuid, p_amount bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_left bigint := p_amount;
  g record;
BEGIN
  FOR g IN
    SELECT id, remaining FROM app.grants
    WHERE org_id = p_org AND remaining > 0
    ORDER BY expires_at NULLS LAST, id
  LOOP
    EXIT WHEN v_left = 0;
    UPDATE app.grants SET remaining = remaining - least(g.remaining, v_left) WHERE org_id = p_org AND id = g.id;
    v_left := v_left - least(g.remaining, v_left);
  END LOOP;
END $$;
--> statement-breakpoint
-- Adds tokens: source → wallet. Outcomes: applied | replay | conflict (same operation, other request) | invalid | no_account.
CREATE FUNCTION app.ledger_grant(
  p_org uuid[], p_op uuid[], p_amount bigint[], p_reason text[], p_description text[], p_expires timestamptz[],
  p_hash bytea[], p_now timestamptz DEFAULT now()
) RETURNS TABLE (i int, outcome text, balance bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
  w app.accounts%ROWTYPE;
  v_transfer app.transfers%ROWTYPE;
  v_source bigint;
  v_id uuid;
BEGIN
  PERFORM app.ledger_guard(p_org);
  FOR r IN
    SELECT * FROM unnest(p_org, p_op, p_amount, p_reason, p_description, p_expires, p_hash)
      WITH ORDINALITY AS c(org, op, amount, reason, description, expires, hash, ord)
    ORDER BY c.org, c.ord
  LOOP
    i := r.ord;
    SELECT * INTO w FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'wallet' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      outcome := 'no_account'; balance := NULL; RETURN NEXT; CONTINUE;
    END IF;
    SELECT * INTO v_transfer FROM app.transfers t WHERE t.org_id = r.org AND t.operation_id = r.op;
    IF FOUND OR EXISTS (SELECT FROM app.holds h WHERE h.org_id = r.org AND h.operation_id = r.op) THEN
      outcome := CASE WHEN v_transfer.kind = 'grant' AND v_transfer.request_hash = r.hash THEN 'replay' ELSE 'conflict' END;
      balance := w.balance; RETURN NEXT; CONTINUE;
    END IF;
    SELECT a.balance INTO v_source FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'source';
    IF r.op IS NULL OR r.hash IS NULL OR r.description IS NULL
      OR r.reason IS NULL OR r.reason NOT IN ('plan', 'purchase', 'promotion', 'refund', 'adjustment')
      OR r.amount IS NULL OR r.amount <= 0 OR r.amount > 4000000000000000000 + v_source
    THEN
      outcome := 'invalid'; balance := w.balance; RETURN NEXT; CONTINUE;
    END IF;
    v_id := app.ledger_move(r.org, r.op, r.hash, 'grant', r.amount, 'source', 'wallet', NULL, r.description, p_now);
    INSERT INTO app.grants (org_id, transfer_id, reason, amount, remaining, expires_at, created_at)
    -- What pays back an overdraft is spent already.
    VALUES (r.org, v_id, r.reason, r.amount, greatest(0, least(r.amount, w.balance + r.amount)), r.expires, p_now);
    outcome := 'applied'; balance := w.balance + r.amount; RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
-- Sets tokens aside for one call; nothing, for a call that is free. `insufficient` is not recorded: the same operation
-- may succeed after a top-up. Outcomes: applied | replay | conflict | insufficient | invalid | no_account.
CREATE FUNCTION app.ledger_hold(
  p_org uuid[], p_op uuid[], p_amount bigint[], p_ttl_seconds int[], p_book text[], p_by uuid[], p_hash bytea[],
  p_now timestamptz DEFAULT now()
) RETURNS TABLE (i int, outcome text, hold_id uuid, balance bigint, held bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
  w app.accounts%ROWTYPE;
  h app.holds%ROWTYPE;
BEGIN
  PERFORM app.ledger_guard(p_org);
  FOR r IN
    SELECT * FROM unnest(p_org, p_op, p_amount, p_ttl_seconds, p_book, p_by, p_hash)
      WITH ORDINALITY AS c(org, op, amount, ttl, book, by_user, hash, ord)
    ORDER BY c.org, c.ord
  LOOP
    i := r.ord; hold_id := NULL; balance := NULL; held := NULL;
    SELECT * INTO w FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'wallet' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      outcome := 'no_account'; RETURN NEXT; CONTINUE;
    END IF;
    balance := w.balance; held := w.held;
    SELECT * INTO h FROM app.holds x WHERE x.org_id = r.org AND x.operation_id = r.op;
    IF FOUND THEN
      hold_id := h.id;
      outcome := CASE WHEN h.request_hash = r.hash THEN 'replay' ELSE 'conflict' END;
      RETURN NEXT; CONTINUE;
    END IF;
    IF EXISTS (SELECT FROM app.transfers t WHERE t.org_id = r.org AND t.operation_id = r.op) THEN
      outcome := 'conflict'; RETURN NEXT; CONTINUE;
    END IF;
    IF r.op IS NULL OR r.hash IS NULL OR r.by_user IS NULL OR r.ttl IS NULL OR r.ttl <= 0
      OR r.amount IS NULL OR r.amount < 0 OR NOT EXISTS (SELECT FROM app.price_books b WHERE b.id = r.book)
    THEN
      outcome := 'invalid'; RETURN NEXT; CONTINUE;
    END IF;
    IF w.balance - w.held - w.floor < r.amount THEN
      outcome := 'insufficient'; RETURN NEXT; CONTINUE;
    END IF;
    UPDATE app.accounts a SET held = a.held + r.amount WHERE a.org_id = r.org AND a.kind = 'wallet';
    INSERT INTO app.holds (org_id, operation_id, request_hash, amount, price_book_id, created_by, created_at, expires_at)
    VALUES (r.org, r.op, r.hash, r.amount, r.book, r.by_user, p_now, p_now + make_interval(secs => r.ttl))
    RETURNING id INTO hold_id;
    outcome := 'applied'; held := w.held + r.amount; RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
-- Moves the end of open holds to p_now + ttl, never to an earlier time. Returns the holds it found open.
-- Under the wallet's lock like everything else, or the sweep could end a hold that was renewed a moment before.
CREATE FUNCTION app.ledger_renew(p_org uuid[], p_op uuid[], p_ttl_seconds int[], p_now timestamptz DEFAULT now())
RETURNS TABLE (org_id uuid, operation_id uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
BEGIN
  PERFORM app.ledger_guard(p_org);
  FOR r IN
    SELECT * FROM unnest(p_org, p_op, p_ttl_seconds) WITH ORDINALITY AS c(org, op, ttl, ord) ORDER BY c.org, c.ord
  LOOP
    PERFORM FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'wallet' FOR NO KEY UPDATE;
    UPDATE app.holds h SET expires_at = greatest(h.expires_at, p_now + make_interval(secs => r.ttl))
    WHERE h.org_id = r.org AND h.operation_id = r.op AND h.state = 'open';
    CONTINUE WHEN NOT FOUND;
    org_id := r.org; operation_id := r.op; RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
-- Ends an open hold of a wallet that the caller has locked: marks it and gives `held` back.
CREATE FUNCTION app.ledger_close(p_org uuid, p_op uuid, p_state text, p_charged bigint, p_now timestamptz)
RETURNS app.holds
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  h app.holds%ROWTYPE;
BEGIN
  UPDATE app.holds x SET state = p_state, charged = least(p_charged, x.amount), closed_at = p_now
  WHERE x.org_id = p_org AND x.operation_id = p_op AND x.state = 'open'
  RETURNING * INTO h;
  IF FOUND THEN
    UPDATE app.accounts a SET held = a.held - h.amount WHERE a.org_id = p_org AND a.kind = 'wallet';
  END IF;
  RETURN h;
END $$;
--> statement-breakpoint
-- Charges what was used (at most the hold) and returns the rest: wallet → usage.
-- Outcomes: applied | replay | conflict (settled with another amount) | closed (released or expired) | unknown | invalid.
CREATE FUNCTION app.ledger_settle(
  p_org uuid[], p_op uuid[], p_amount bigint[], p_description text[], p_now timestamptz DEFAULT now()
) RETURNS TABLE (i int, outcome text, charged bigint, balance bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
  w app.accounts%ROWTYPE;
  h app.holds%ROWTYPE;
BEGIN
  PERFORM app.ledger_guard(p_org);
  FOR r IN
    SELECT * FROM unnest(p_org, p_op, p_amount, p_description) WITH ORDINALITY AS c(org, op, amount, description, ord)
    ORDER BY c.org, c.ord
  LOOP
    i := r.ord; charged := NULL;
    SELECT * INTO w FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'wallet' FOR NO KEY UPDATE;
    balance := w.balance;
    SELECT * INTO h FROM app.holds x WHERE x.org_id = r.org AND x.operation_id = r.op;
    IF h.id IS NULL THEN
      outcome := 'unknown'; RETURN NEXT; CONTINUE;
    END IF;
    charged := h.charged;
    IF r.amount IS NULL OR r.amount < 0 OR r.description IS NULL THEN
      outcome := 'invalid'; RETURN NEXT; CONTINUE;
    END IF;
    IF h.state = 'settled' THEN
      outcome := CASE WHEN h.charged = least(r.amount, h.amount) THEN 'replay' ELSE 'conflict' END;
      RETURN NEXT; CONTINUE;
    END IF;
    IF h.state <> 'open' THEN
      outcome := 'closed'; RETURN NEXT; CONTINUE;
    END IF;
    h := app.ledger_close(r.org, r.op, 'settled', r.amount, p_now);
    charged := h.charged;
    IF charged > 0 THEN
      PERFORM app.ledger_move(r.org, r.op, h.request_hash, 'settle', charged, 'wallet', 'usage', h.price_book_id, r.description, p_now);
      PERFORM app.ledger_spend_grants(r.org, charged);
    END IF;
    outcome := 'applied'; balance := w.balance - charged; RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
-- Returns everything that a hold set aside. `p_borne` is the provider's cost that the platform bears, at most the hold:
-- source → quality. Outcomes: applied | replay (released before) | conflict (settled) | closed (expired) | unknown | invalid.
CREATE FUNCTION app.ledger_release(
  p_org uuid[], p_op uuid[], p_borne bigint[], p_description text[], p_now timestamptz DEFAULT now()
) RETURNS TABLE (i int, outcome text, balance bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
  w app.accounts%ROWTYPE;
  h app.holds%ROWTYPE;
  v_source bigint;
  v_borne bigint;
BEGIN
  PERFORM app.ledger_guard(p_org);
  FOR r IN
    SELECT * FROM unnest(p_org, p_op, p_borne, p_description) WITH ORDINALITY AS c(org, op, borne, description, ord)
    ORDER BY c.org, c.ord
  LOOP
    i := r.ord;
    SELECT * INTO w FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'wallet' FOR NO KEY UPDATE;
    balance := w.balance;
    SELECT * INTO h FROM app.holds x WHERE x.org_id = r.org AND x.operation_id = r.op;
    IF h.id IS NULL THEN
      outcome := 'unknown'; RETURN NEXT; CONTINUE;
    END IF;
    IF h.state <> 'open' THEN
      outcome := CASE h.state WHEN 'released' THEN 'replay' WHEN 'settled' THEN 'conflict' ELSE 'closed' END;
      RETURN NEXT; CONTINUE;
    END IF;
    SELECT a.balance INTO v_source FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'source';
    v_borne := least(r.borne, h.amount);
    IF r.borne IS NULL OR r.borne < 0 OR r.description IS NULL OR v_borne > 8000000000000000000 + v_source THEN
      outcome := 'invalid'; RETURN NEXT; CONTINUE;
    END IF;
    h := app.ledger_close(r.org, r.op, 'released', 0, p_now);
    IF v_borne > 0 THEN
      PERFORM app.ledger_move(r.org, r.op, h.request_hash, 'quality', v_borne, 'source', 'quality', h.price_book_id, r.description, p_now);
    END IF;
    outcome := 'applied'; RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
-- Ends what has run out of time, at most `p_limit` holds and as many grants. A hold gives its tokens back; a grant's rest
-- goes wallet → expired. What is held counts as taken from the grants that expire first (so it is spent), and stays.
-- One pass in org order over both: two passes in one transaction would lock wallets in two orders.
-- Returns what each ended hold (`operation_id`) or grant (null) gave back or lost.
CREATE FUNCTION app.ledger_sweep(p_limit int DEFAULT 500, p_now timestamptz DEFAULT now())
RETURNS TABLE (org_id uuid, operation_id uuid, amount bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  r record;
  h app.holds%ROWTYPE;
  g app.grants%ROWTYPE;
  w app.accounts%ROWTYPE;
  v_due bigint;
  v_amount bigint;
BEGIN
  FOR r IN
    SELECT * FROM (
      (SELECT x.org_id AS org, x.operation_id AS op, NULL::uuid AS grant_id, x.expires_at AS at FROM app.holds x
       WHERE x.state = 'open' AND x.expires_at < p_now ORDER BY x.expires_at LIMIT p_limit)
      UNION ALL
      -- Only grants that can lose something now: others would fill the limit and keep the rest waiting.
      (SELECT x.org_id, NULL, x.id, x.expires_at FROM app.grants x
       JOIN app.accounts a ON a.org_id = x.org_id AND a.kind = 'wallet'
       WHERE x.remaining > 0 AND x.expires_at <= p_now AND a.balance - a.held > a.floor
         AND a.held < (SELECT sum(y.remaining) FROM app.grants y
                       WHERE y.org_id = x.org_id AND y.remaining > 0 AND y.expires_at <= p_now)
       ORDER BY x.expires_at LIMIT p_limit)
    ) AS due
    ORDER BY due.org, due.op NULLS LAST, due.at, due.grant_id
  LOOP
    SELECT * INTO w FROM app.accounts a WHERE a.org_id = r.org AND a.kind = 'wallet' FOR NO KEY UPDATE;
    org_id := r.org; operation_id := r.op;
    IF r.op IS NOT NULL THEN
      -- It may have been ended or renewed while we waited for the wallet.
      PERFORM FROM app.holds x
      WHERE x.org_id = r.org AND x.operation_id = r.op AND x.state = 'open' AND x.expires_at < p_now;
      CONTINUE WHEN NOT FOUND;
      h := app.ledger_close(r.org, r.op, 'expired', 0, p_now);
      amount := h.amount; RETURN NEXT; CONTINUE;
    END IF;
    SELECT * INTO g FROM app.grants x WHERE x.org_id = r.org AND x.id = r.grant_id;
    SELECT coalesce(sum(x.remaining), 0) INTO v_due FROM app.grants x
    WHERE x.org_id = r.org AND x.remaining > 0 AND x.expires_at <= p_now;
    v_amount := least(g.remaining, v_due - w.held, w.balance - w.held - w.floor);
    CONTINUE WHEN v_amount <= 0;
    UPDATE app.grants x SET remaining = x.remaining - v_amount WHERE x.org_id = r.org AND x.id = r.grant_id;
    PERFORM app.ledger_move(r.org, uuidv7(), sha256(r.grant_id::text::bytea), 'expire', v_amount, 'wallet', 'expired', NULL,
      'Tokens expired', p_now);
    amount := v_amount; RETURN NEXT;
  END LOOP;
END $$;
--> statement-breakpoint
-- Every way in which the books could be wrong, one row a fault. Empty is the only good answer. Runs with the caller's
-- own rights: a tenant checks its own books, owner and service check all.
CREATE FUNCTION app.ledger_faults(p_now timestamptz DEFAULT now()) RETURNS TABLE (org_id uuid, fault text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT a.org_id, format('%s: balance %s, entries %s', a.kind, a.balance, coalesce(sum(e.amount), 0))
  FROM app.accounts a LEFT JOIN app.entries e ON e.org_id = a.org_id AND e.account_kind = a.kind
  GROUP BY a.org_id, a.kind, a.balance HAVING a.balance <> coalesce(sum(e.amount), 0)
  UNION ALL
  SELECT a.org_id, format('held %s, open holds %s', a.held, coalesce(sum(h.amount), 0))
  FROM app.accounts a LEFT JOIN app.holds h ON h.org_id = a.org_id AND h.state = 'open'
  WHERE a.kind = 'wallet' GROUP BY a.org_id, a.held HAVING a.held <> coalesce(sum(h.amount), 0)
  UNION ALL
  SELECT a.org_id, format('accounts sum to %s', sum(a.balance)) FROM app.accounts a
  GROUP BY a.org_id HAVING sum(a.balance) <> 0
  UNION ALL
  SELECT t.org_id, format('transfer %s has %s legs, %s of them as it says', t.id, count(e.*), count(e.*) FILTER (WHERE
    (e.account_kind, e.amount) IN ((t.from_kind, -t.amount), (t.to_kind, t.amount))))
  FROM app.transfers t LEFT JOIN app.entries e ON e.org_id = t.org_id AND e.transfer_id = t.id
  GROUP BY t.org_id, t.id, t.from_kind, t.to_kind, t.amount
  HAVING count(e.*) <> 2 OR count(e.*) FILTER (WHERE
    (e.account_kind, e.amount) IN ((t.from_kind, -t.amount), (t.to_kind, t.amount))) <> 2
  UNION ALL
  SELECT a.org_id, format('wallet %s, grants left %s', a.balance, coalesce(sum(g.remaining), 0))
  FROM app.accounts a LEFT JOIN app.grants g ON g.org_id = a.org_id AND g.remaining > 0
  WHERE a.kind = 'wallet' GROUP BY a.org_id, a.balance
  HAVING greatest(a.balance, 0) <> coalesce(sum(g.remaining), 0)
  UNION ALL
  SELECT h.org_id, format('hold %s settled %s, charged by transfers %s', h.id, h.charged, coalesce(sum(t.amount), 0))
  FROM app.holds h LEFT JOIN app.transfers t
    ON t.org_id = h.org_id AND t.operation_id = h.operation_id AND t.kind = 'settle'
  GROUP BY h.org_id, h.id, h.charged HAVING h.charged <> coalesce(sum(t.amount), 0)
  UNION ALL
  SELECT t.org_id, format('%s %s of %s without a hold that ended so', t.kind, t.id, t.amount)
  FROM app.transfers t LEFT JOIN app.holds h ON h.org_id = t.org_id AND h.operation_id = t.operation_id
    AND h.state = CASE t.kind WHEN 'settle' THEN 'settled' ELSE 'released' END
  WHERE t.kind IN ('settle', 'quality') AND h.id IS NULL
  UNION ALL
  SELECT t.org_id, format('grant %s of %s without its tokens', t.id, t.amount)
  FROM app.transfers t LEFT JOIN app.grants g ON g.org_id = t.org_id AND g.transfer_id = t.id AND g.amount = t.amount
  WHERE t.kind = 'grant' AND g.id IS NULL
  UNION ALL
  SELECT h.org_id, format('hold %s open since its end at %s', h.id, h.expires_at)
  FROM app.holds h WHERE h.state = 'open' AND h.expires_at < p_now - interval '60 seconds'
$$;
