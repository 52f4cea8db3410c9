-- What a round limits beside what is asked and offered: how many offers may serve one need. Null sets no limit.

alter table rounds
  add column most_partners integer,
  add constraint rounds_most_partners check (most_partners between 1 and 1000);
