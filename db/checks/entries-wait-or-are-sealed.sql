-- Every entry either waits to be sealed or is in the chain, never both nor neither; a block holds as many entries as it says.
select e.territory_id, e.id::text as what
from ledger_entries e
left join ledger_unsealed u on u.territory_id = e.territory_id and u.entry_id = e.id
left join ledger_block_entries b on b.territory_id = e.territory_id and b.entry_id = e.id
where (u.entry_id is null) = (b.entry_id is null)
union all
select k.territory_id, k.height::text
from ledger_blocks k
where k.entry_count <> (select count(*) from ledger_block_entries b where b.territory_id = k.territory_id and b.height = k.height)
union all
select k.territory_id, k.height::text
from ledger_blocks k
left join ledger_blocks p on p.territory_id = k.territory_id and p.height = k.height - 1
where k.previous_hash <> coalesce(p.hash, repeat('0', 64));
