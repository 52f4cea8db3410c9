-- Documents of a kind and a year are numbered from 1 to the last number, each once.
select d.territory_id, d.kind, d.year, count(*) as documents, max(d.number) as highest, c.last
from documents d
left join document_counters c on c.territory_id = d.territory_id and c.kind = d.kind and c.year = d.year
group by d.territory_id, d.kind, d.year, c.last
having count(*) <> max(d.number) or c.last is distinct from max(d.number);
