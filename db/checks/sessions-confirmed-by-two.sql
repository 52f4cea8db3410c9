-- A session is confirmed exactly when both sides stated the same, each a different person (IK-05).
select s.id, s.state, s.giver_amount, s.receiver_amount, s.giver_confirmed_by, s.receiver_confirmed_by
from sessions s
where s.giver_confirmed_by = s.receiver_confirmed_by
  or (s.state = 'confirmed' and s.giver_amount is distinct from s.receiver_amount)
  or (s.state = 'confirmed' and s.giver_amount is null)
  or (s.state = 'planned' and s.giver_amount = s.receiver_amount);
