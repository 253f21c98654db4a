//! `unshim apply -i`: each hunk is accepted or left. What is left is planned and proven anew, and nothing else is made.

mod decisions;
mod desk;
mod keys;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use super::arguments::Apply;
use super::failure::Failure;
use super::flow::Proven;
use super::saved_plan::{self, Made};
use super::session::Session;
use crate::disk::{self, ApplyOptions, Ledger, SavedPlan, Verdicts};
use crate::plan::{Stretch, Verdict, Verified};
use crate::report::review::{self as show, Hunk};
use crate::report::{View, counted, number, shown_text};
use decisions::Decisions;
use desk::{Desk, Step};

const KEYS: &str = "  y  accept this hunk                  n  leave it as it is
  a  accept it and all later ones      d  leave it and all later ones
     of the file                          of the file
  r  accept all hunks of its rule      R  leave all hunks of its rule
  A  accept all that is undecided      D  leave all that is undecided
  j  next undecided hunk               k  the one before
  J  next hunk                         K  the one before
  /  search: text, regular expression  g  go to a number, or a part of a path
  s  split it into its parts           p  print it whole
  u  take the last decision back       q  quit: nothing is written
  ?  this list
";

/// How the hunks of a plan were gone through.
enum End {
    Decided,
    /// To be taken up again on the whole change.
    Whole,
    Quit,
}

/// Refuses a review without anybody who could review.
pub(super) fn refuse_blind() -> Result<(), Failure> {
    if keys::is_there() { Ok(()) } else { Err(Failure::NoTerminal) }
}

/// The reviewed change of what was asked for; `None` if nothing shall be written now.
pub(super) fn run(
    apply: &Apply,
    (ledger, options): (&Ledger, &ApplyOptions),
    session: &mut Session,
) -> Result<Option<Proven>, Failure> {
    let mut made = match &apply.plan {
        Some(file) => saved_plan::load(file, session)?,
        None => saved_plan::make(&apply.path, session)?,
    };
    // Better now than when all is decided.
    disk::may_apply(&made.proven.verified, &made.proven.input.world.project, ledger, options)?;
    let verdicts = std::mem::take(&mut made.plan.verdicts);
    let file = apply.plan.as_ref().map(|file| session.folder.join(file));
    if let Some(file) = &file {
        let plan = SavedPlan { verdicts: verdicts.clone(), ..made.plan.clone() };
        // A last line that was cut off would spoil the next.
        plan.save(file)?;
    }
    let mut decisions = Decisions::new(verdicts, file);
    let Some(verified) = review(&made.proven, &mut decisions, session)? else {
        say_kept(&made.proven, &decisions, apply.plan.as_deref(), session);
        return Ok(None);
    };
    saved_plan::refuse_stale(&made, apply.plan.as_deref(), session)?;
    let Made { proven, .. } = made;
    Ok(Some(verified.into_proven(proven)))
}

/// The same of a change whose decisions are kept nowhere.
pub(super) fn run_unkept(whole: Proven, session: &mut Session) -> Result<Option<Proven>, Failure> {
    let mut decisions = Decisions::default();
    match review(&whole, &mut decisions, session)? {
        Some(verified) => Ok(Some(verified.into_proven(whole))),
        None => {
            say_kept(&whole, &decisions, None, session);
            Ok(None)
        }
    }
}

/// The change of a plan as its review has left it, which must be through.
pub(super) fn reviewed(made: Made, session: &Session) -> Result<Proven, Failure> {
    let verdicts: Verdicts = made.plan.verdicts;
    if verdicts.is_empty() {
        return Ok(made.proven);
    }
    let decisions = Decisions::new(verdicts, None);
    let refuse_open = |view: &View| match decisions.count(&show::hunks(view, &session.screen), None) {
        0 => Ok(()),
        open => Err(Failure::Unreviewed { open }),
    };
    refuse_open(&made.proven.view())?;
    let rest = rest(&made.proven, &decisions)?;
    refuse_open(&rest.view(&made.proven))?;
    Ok(rest.into_proven(made.proven))
}

/// A change without what is left of it.
enum Rest {
    /// Nothing is left.
    Whole,
    Part(Verified),
}

impl Rest {
    fn view<'a>(&'a self, whole: &'a Proven) -> View<'a> {
        match self {
            Rest::Whole => whole.view(),
            Rest::Part(part) => View::new(&whole.input.world.project, &whole.input.rules, part),
        }
    }

    fn into_proven(self, whole: Proven) -> Proven {
        match self {
            Rest::Whole => whole,
            Rest::Part(verified) => Proven { verified, ..whole },
        }
    }
}

fn rest(whole: &Proven, decisions: &Decisions) -> Result<Rest, Failure> {
    match decisions.leaves_something() {
        true => Ok(Rest::Part(whole.without(&decisions.left())?)),
        false => Ok(Rest::Whole),
    }
}

/// Goes through the change until all of what would be made is accepted; `None` if the reviewer leaves before.
fn review(whole: &Proven, decisions: &mut Decisions, session: &mut Session) -> Result<Option<Rest>, Failure> {
    if whole.is_empty() {
        return Ok(Some(Rest::Whole));
    }
    let (_, screen) = session.result();
    let all = show::hunks(&whole.view(), &screen);
    let mut hunks = all.clone();
    loop {
        match look(&hunks, decisions, session)? {
            End::Quit => return Ok(None),
            End::Whole => {
                hunks = all.clone();
                continue;
            }
            End::Decided => {}
        }
        let (out, _) = session.result();
        writeln!(out, "\nplanning what is accepted …")?;
        out.flush()?;
        let rest = rest(whole, decisions)?;
        let planned = show::hunks(&rest.view(whole), &screen);
        let open = decisions.count(&planned, None);
        if open > 0 {
            writeln!(
                session.out,
                "{} to decide on: what is left makes another change of them",
                counted(open, "new hunk")
            )?;
            hunks = planned;
            continue;
        }
        tell(whole, &rest, (&all, &planned, decisions), session)?;
        match confirm(planned.is_empty(), decisions, session)? {
            End::Decided => return Ok(Some(rest)),
            End::Quit => return Ok(None),
            End::Whole => hunks = all.clone(),
        }
    }
}

/// Shows hunk after hunk, and does what is asked for, until all are decided.
fn look(hunks: &[Hunk], decisions: &mut Decisions, session: &mut Session) -> Result<End, Failure> {
    let Some(mut desk) = Desk::new(hunks, decisions) else { return Ok(End::Decided) };
    let (out, screen) = session.result();
    let (mut step, mut shown, mut needle) = (Step::Show, 0, String::new());
    loop {
        match step {
            Step::Show => {
                let (heading, hunk) = (screen.palette.heading, desk.hunk());
                let state = match decisions.on(hunk) {
                    None => "",
                    Some(Verdict::Accept) => " · accepted",
                    Some(Verdict::Leave) => " · left",
                };
                let place = format!("({}/{})", number(desk.at + 1), number(desk.hunks.len()));
                writeln!(out, "\n{heading}{place} {}{state}{heading:#}", hunk.linked)?;
                shown = write_rows(hunk, 0, out)?;
            }
            Step::ShowAll => {
                desk.hunk().rows.iter().try_for_each(|row| out.write_all(&row.text))?;
                shown = desk.hunk().rows.len();
            }
            Step::More => shown = write_rows(desk.hunk(), shown, out)?,
            Step::Help => out.write_all(KEYS.as_bytes())?,
            Step::Say(what) => writeln!(out, "{what}")?,
            Step::Search => {
                needle = keys::read_line("search: ", out)?.unwrap_or(needle);
                step = if needle.is_empty() { Step::Say("nothing is searched for") } else { desk.search(&needle) };
                continue;
            }
            Step::Goto => {
                let place = keys::read_line("go to: ", out)?;
                step = place.map_or(Step::Show, |place| desk.goto(&place));
                continue;
            }
            Step::Done => return Ok(End::Decided),
            Step::Whole => return Ok(End::Whole),
            Step::Quit => return Ok(End::Quit),
        }
        step = desk.press(ask("y accept, n leave, q quit, ? help", out)?, decisions)?;
    }
}

/// Writes as many rows of a hunk as the screen has room for, from the given one; up to which.
fn write_rows(hunk: &Hunk, from: usize, out: &mut dyn Write) -> Result<usize, Failure> {
    let (height, width) = keys::size();
    let taken = |columns: usize| columns.div_ceil(width.max(1)).max(1);
    // A blank line, the prompt, and the line that says that there is more.
    let mut room = height.saturating_sub(3 + if from == 0 { taken(hunk.title.chars().count() + 12) } else { 0 }).max(1);
    let mut end = from;
    while let Some(row) = hunk.rows.get(end) {
        room = match room.checked_sub(taken(row.columns)) {
            None if end > from => break,
            left => left.unwrap_or_default(),
        };
        out.write_all(&row.text)?;
        end += 1;
    }
    if end < hunk.rows.len() {
        writeln!(out, "… {}: space shows them", counted(hunk.rows.len() - end, "more line"))?;
    }
    Ok(end)
}

/// Asks for a key, and shows which one it was.
fn ask(question: &str, out: &mut dyn Write) -> Result<char, Failure> {
    write!(out, "{question} > ")?;
    out.flush()?;
    let key = keys::read();
    if let Ok(key) = &key {
        write!(out, "{}", shown_text(&key.to_string()))?;
    }
    writeln!(out)?;
    out.flush()?;
    key
}

/// Says what the review comes to.
fn tell(
    whole: &Proven,
    rest: &Rest,
    (all, planned, decisions): (&[Hunk], &[Hunk], &Decisions),
    session: &mut Session,
) -> Result<(), Failure> {
    let (out, screen) = session.result();
    let view = rest.view(whole);
    let left = decisions.count(all, Some(Verdict::Leave));
    let made: BTreeSet<&Stretch> = planned.iter().flat_map(|hunk| &hunk.stretches).collect();
    let accepted = all.iter().filter(|hunk| decisions.on(hunk) == Some(Verdict::Accept));
    let gone: Vec<&Hunk> = accepted.filter(|hunk| !hunk.stretches.iter().all(|one| made.contains(one))).collect();
    let heading = screen.palette.heading;
    writeln!(out, "{heading}{}{heading:#}: {} left", counted(planned.len(), "hunk"), number(left))?;
    if !gone.is_empty() {
        writeln!(out, "what is left keeps {} from being made:", counted(gone.len(), "accepted hunk"))?;
        gone.iter().try_for_each(|hunk| writeln!(out, "  {}", hunk.title))?;
    }
    Ok(show::write_end(&view, &screen, out)?)
}

/// Asks whether what was accepted shall be made.
fn confirm(is_empty: bool, decisions: &mut Decisions, session: &mut Session) -> Result<End, Failure> {
    let (out, _) = session.result();
    let question = if is_empty { "nothing to make: u undo, q quit" } else { "make it? y yes, n not now, u undo" };
    loop {
        match ask(question, out)? {
            'y' if !is_empty => return Ok(End::Decided),
            'n' | 'q' => return Ok(End::Quit),
            'u' => match decisions.undo()? {
                Some(_) => return Ok(End::Whole),
                None => writeln!(out, "nothing was decided in this session")?,
            },
            _ => {}
        }
    }
}

/// Says what becomes of the decisions when nothing is written.
fn say_kept(whole: &Proven, decisions: &Decisions, file: Option<&Path>, session: &Session) {
    let hunks = show::hunks(&whole.view(), &session.screen);
    let decided = hunks.len() - decisions.count(&hunks, None);
    let kept = match (decisions.file(), file) {
        (Some(_), Some(file)) => format!("go on with `unshim apply -i --plan {}`", file.display()),
        _ => "`unshim diff --save-plan FILE` makes a plan that keeps the decisions".to_owned(),
    };
    session.note(&format!(
        "nothing was written · {} of {} decided · {kept}",
        number(decided),
        counted(hunks.len(), "hunk")
    ));
}
