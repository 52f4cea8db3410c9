-- A session that is planned or confirmed belongs to a match that both sides accepted.
select s.id, s.state, m.id as match_id, m.state as match_state, m.need_answer, m.offer_answer
from sessions s
join matches m on m.territory_id = s.territory_id and m.id = s.match_id
where s.state <> 'cancelled'
  and (m.state, m.need_answer, m.offer_answer) is distinct from ('accepted', 'accepted', 'accepted');
