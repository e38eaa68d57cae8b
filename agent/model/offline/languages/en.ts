import type { Language } from "./language.ts";

/** English. */
export const english: Language = {
  code: "en",
  name: "English",
  functionWords:
    "a an the i me my we us our you your he she his her they them their of in on at by for from with to into about and or but if then than as so is are was were be been being am do does did doing done have has had having will would can could should shall may might must not no this that these those there here it its what which who whom whose when where how please just only also really very quite some any each every all both more most much many few lot lots let lets get got give tell want need like see look know think mean say said ask up out off over under now today again still yet ever well ok okay hey got us out one ones thing things other another such same own while during through within per via s t don doesn didn isn aren wasn weren won can't let's bit kind sort exactly actually currently usually typically generally right too able way somebody someone nobody everybody everyone anybody anyone",
  endings: [
    ["izations", "ize", 3],
    ["isations", "ize", 3],
    ["ization", "ize", 3],
    ["isation", "ize", 3],
    ["ising", "ize", 3],
    ["ised", "ize", 3],
    ["ises", "ize", 4],
    ["ise", "ize", 4],
    ["izing", "ize", 3],
    ["izers", "ize", 3],
    ["izer", "ize", 3],
    ["ized", "ize", 3],
    ["izes", "ize", 3],
    ["ating", "ate", 3],
    ["ation", "ate", 4],
    ["ations", "ate", 4],
    ["ated", "ate", 3],
    ["ates", "ate", 3],
    ["ements", "e", 4],
    ["ement", "e", 4],
    ["ments", "", 4],
    ["ment", "", 4],
    ["iness", "y", 3],
    ["ness", "", 4],
    ["ingly", "", 4],
    ["ings", "", 3],
    ["ing", "", 3],
    ["ied", "y", 2],
    ["ies", "y", 2],
    ["edly", "", 4],
    ["ed", "", 3],
    ["sses", "ss", 2],
    ["xes", "x", 2],
    ["ches", "ch", 2],
    ["shes", "sh", 2],
    ["ally", "al", 3],
    ["ly", "", 4],
    ["ss", "ss", 1],
    ["us", "us", 2],
    ["is", "is", 2],
    ["es", "e", 3],
    ["er", "", 4],
    ["s", "", 3],
  ],
  derivations:
    "y, ies, al, als, ion, ions, ance, ances, able, ive, or, ors, er, ers, ery, ity, ties, ty, ful, ic, ics, ism, ist, ure, ures, ition, itions, ant, ants, ent, ents",
  traits: "ght, wh, _th, tion, ck_, ould_, ing_, ly_, ee, oo, _sh, ness_",
  script: null,
  doubledConsonants: true,
  compounds: false,
  linkingElements: "",
  capitalisedNouns: false,
  clitics: "t, s, re, ll, ve, d, m",
  words: {
    obligation: "should",
    which: "which",
    "also-by": "and, and by, by, then by, x",
    starts: "start, starts, starting, started, begin, begins, beginning, began",
    ends: "end, ends, ending, ended, finish, finishes, finishing, finished",
    "with-step": "with, in, at, by",
    "followed-by": "followed by",
    directly: "directly, immediately",
    never: "never, not",
    within: "within, in less than, in under",
    sample: "sample of",
    noise: "noise, noise level, noise threshold, noise filter",
    "calendar-time": "calendar day, calendar days, calendar time",
    "instead-of": "instead of, rather than, not",
    whenever: "when, whenever",
    departments: "department, departments",
    filters: "filter, filters, filtering, restriction, restrictions",
    "filter-shows": "what, which, show, list, any, are there",
    "filter-undoes": "undo, revert, take back, go back, back out, pop",
    "filter-clears": "clear, reset, remove all, drop all, lift all, forget, without, no, no more",
    "filter-removes": "remove, drop, lift, delete, without, take off, leave off",
    "filter-time": "date, time, window, period",
    earlier: "before, before that, earlier, prior",
    afterwards: "later, after, after that, following, afterwards",
    latest: "last",
    one: "one",
    arriving:
      "came in, come in, coming in, arrived, arrive, entered, enter, received, submitted, started, began, incoming",
  },
  concepts: {
    case: "case, order, ticket, application, claim, request, invoice, loan, incident, purchase order, shipment, instance, customer order, sales order, item, job, applicant, contract, deal, parcel, delivery order, quote, cases",
    activity: "activity, step, task, stage, operation, station, phase, milestone, action",
    process: "process, workflow, flow, procedure, value stream, work flow",
    map: "map, diagram, graph, bpmn, picture, process model, model, petri net, petri, flowchart, flow chart, visualise, draw, dfg, directly-follows, chart, visual, discover, mine, sketch, visualize, plot, journey, process graph, end-to-end view, actual flow, real flow, travel, process picture, depict, as-is, as is process, picture of, how work flows, how it flows, what really happens, what actually happens, what happens to, story of, tell the story",
    variant:
      "variant, path, route, happy path, sequence, trace, paths, pathway, way through, ways through, different ways, typical course, common course, ways, flavour, flavours, flavor, flavors, course, usual course, usual way, normal way, standard way, standard path, standardised, standardized, routes, typical way, main way, odd routes, exceptions, deviating paths, patterns, chain of steps, order of steps, permutation",
    bottleneck:
      "bottleneck, bottle neck, choke point, chokepoint, constraint, congestion, jam, clog, hold up, holdup, holdups, pile up, piling up, pain point, sticking point, traffic jam, clogged, hotspot, time is lost, lose time, losing time, lost time, time lost, waste time, wasting time, time goes, time go, lose most time, lose the most time, lose hours, lose days, losing hours, losing days, hold us up, hold everything up, holds everything up, holding everything up, holds us up, holding us up, holding things up, holds things up, gets stuck, get stuck, stuck, pinch point, narrow spot, narrowest, clogging, clog up, clogging up, blockage, blocked, blocking, logjam, backed up, back up behind, grind to a halt, standstill, weakest link, eats up, eating up, eat up, swallow, swallows, swallowing, swallows time, time sink, time sinks, time hog, time hogs, drain, drags us down, in the way, obstacle, hang, hanging, hang around, get held up, gets held up, held up, holding up, hold-up, hold-ups, worst delay, biggest delay, slowest step, slowest part, slow step, which step, which steps, which desk, which stage, at which point, at what point, which point, whereabouts, is wasted, are wasted, wasted, wasted most",
    wait: "wait, waiting, idle, queue, backlog, sit around, sits around, sitting, sit, stall, dwell, linger, unattended, lie around, wait time, waiting time, queueing, queuing, parked, on hold, just sit, sits idle, lying around, pile, piles, piling, hanging around, in limbo, untouched, nothing happens, waiting room, on the shelf, collect dust, keep people waiting, keeps people waiting, keep customers waiting, keeps customers waiting, keep us waiting, keeps us waiting, people waiting, customers waiting, people wait, customers wait",
    work: "service time, processing time, touch time, working time, hands-on, work time, handling time",
    slow: "slow, slowest, sluggish, long, longer, longest, drag, takes forever, take forever, slowdown, slow down, delay, delays, lengthy, too long, time-consuming, time consuming, crawl",
    fast: "fast, twice as fast, twice as quick, quick, quickly, short, shorter, shorten, rapid, speed, speed up, faster, fastest",
    late: "late, overdue, behind schedule, miss, missed, breach, breached, breaches, violate, violation, past due, tardy, on time, on-time, punctual, in time, too late, lateness, behind time, blew, blown, beyond the due date, overrun, overran, after the due date, after the promised date, past the deadline, missed the date, not on time, keeping our promises, keep our promises, meet the due, meet the deadline, meet deadlines, meet the dates, met the deadline, due dates, meet our dates, punctuality",
    sla: "sla, slas, deadline, target, due date, service level, promised date, agreement, target time, promise date",
    cause:
      "related to, relate to, linked to, have to do with, has to do with, to do with, influenced by, why, cause, reason, driver, explain, because, root cause, drive, factor, responsible, due to, blame, influence, affect, correlate, associated, determine, separate, distinguish, what makes, culprit, behind, attributes separate, contribute, lead to, how come, depend on, matter, make a difference, reason for, reasons for, for what reason, what reason, in common, share in common, have in common, go along with, goes along with, go together with, play a role, plays a role, come from, comes from, root of, source of, origin, behind the, behind this, behind it, what is behind, stem from, down to, due to what, influence on, impact on, bearing on, lie behind, sets apart, set apart, tell apart, tells apart, sets them apart, rhyme or reason",
    compare:
      "compare, comparison, versus, vs, against, difference, differ, compared, benchmark, side by side, relative to, stack up, gap, contrast, next to, put next to, beside, hold against, set against, measure up, better than, worse than, slower than, faster than, quicker than, longer than, smoother, as fast as, as quick as, as good as, compete, match up, which are quicker, which is quicker, which is faster, which are faster, before and since, before that",
    up: "getting slower, get slower, getting worse, gets worse, gone up, going up, gotten worse, increase, rise, rose, grow, grew, climb, went up, go up, higher, worsen, got worse, worse, jump, spike, spiked, creep, get longer, got longer, got slower, is up, are up, up by, up from, up on, shot up, moved up, up since, up again, so high, too high",
    down: "improve since, got better, gotten better, getting better, get better since, has improved, getting faster, down, decrease, fall, fell, went down, lower, reduce, reduction, shrink, drop in, dip, decline",
    bad: "bad, poor, terrible, awful, horrible, worst, worse, problem, trouble, issue, wrong",
    good: "good, great, fine, better, best, acceptable, normal, okay",
    trend:
      "trend, over time, develop, evolve, evolution, history of, time series, develops, progression, month by month, week by week, day by day, getting slower, getting faster, getting quicker, getting better, getting worse, getting longer, getting shorter, improving, deteriorating, of late, recently, these days, trending, direction, tendency, curve, historically",
    log: "log, dataset, data set, data, event log, logs, upload, table, source, sources, loaded, have loaded, got loaded, uploaded, imported, which processes, what processes, all processes, processes are there, processes do you, file, files, records, spreadsheet",
    quality:
      "quality, duplicate, missing, events missing, gap, dirty, clean, incomplete, out of order, data quality, data problem, data issue, trust the data, trust this data, reliable, completeness, plausible, anomaly, inconsistent, data errors, corrupt, noise in the data, fishy, suspicious, strange, weird, wrong with the data, wrong with the log, errors in the data, double entries, doubles, doubled, twice in the data, duplicates, duplicated, relied on, rely on, trust, trustworthy, believe, believable, timestamps missing, missing timestamps, timestamps, missing values, blanks, empty cells, empty fields, holes, gaps, sound, accurate, accuracy, valid, validity, damaged",
    profile:
      "overview, summary, summarise, describe, profile, what is in, what's in, at a glance, basics, key facts, sum up, contents, how big, how large, size of, from when to when, what period, which period, what time span, time range, time span, date range, data cover, data covers, data start, data begin, data end, data run, columns, column, rows, how many rows, how many events, fields, what kind of data, sits behind, contained in, basic facts, what do we have, what does it contain, number of events, events and cases, cases and events, number of cases and events",
    rule: "rule, rules, policy, policies, decision table, decision rule, automation rule, business rule, guideline, guardrail, directive, standing instruction, business logic",
    draft:
      "draft, write, create, make, come up with, suggest, propose, generate, derive, formulate, set up, define, recommend, build, turn into, turn that into, turn this into, turn it into, make this a rule, make it a rule, make that a rule, as a rule, put together, think up, work out rules, phrase, prepare",
    simulate:
      "would this rule have, would the rule have, would that rule have, have performed, would have performed, simulate, simulation, backtest, back-test, back test, replay, try out, test, dry run, would have hit, would have caught, would have done, coverage, would have fired, how often would, backtesting, have done in the past, would have happened, in the past, would it have caught, would it have hit, have fired, would it fire, would it catch, catch rate, track record of the rule, on past cases, on old cases, on historical",
    publish:
      "publish, activate, put live, go live, roll out, deploy, switch on, turn on, enable, put into production, make it live, put in force",
    optimise:
      "reduce waiting, reduce the, cut the cycle time, bring down, how can we reduce, how to reduce, how do we reduce, speed things up, optimise, optimize, optimal, improve, improvement, reassign, reallocate, rebalance, assign work, distribute work, balance, allocate, allocation, schedule, make better, best use, redistribute, efficient, efficiency, level the load, shift work, spread the work, spread work, share the work, share out, best allocation, better allocation, who should take, who should do, who does what, who should handle, who should work, assign people, assign tasks, make the best of, make the most of, get the most out of, best possible, cheapest way, cheapest, best plan, best way to staff, use our people, speed up, speed the whole, faster overall, more efficient, cut the lead time, cut lead time, shorten the lead time, shorten the process, make us faster, make it faster, better distribution, even out, roster, plan the shifts, plan our people",
    staff:
      "staff, staffing, workload, capacity, resource, resources, headcount, shift, shifts, workforce, people, employees, load, manpower, who works, crew, colleagues we have, personnel, our people, team we have, people we have, clerks we have",
    budget: "budget, max, at most, maximum, no more than, limit of, cap",
    "what-if":
      "what would it bring, what would it do, would it pay, would we be with, what difference would, what if, what-if, suppose, imagine, what would happen, what happens if, what happens when, do we gain, would we gain, would it help, would happen, if we, assume we, save us, what changes if, would dropping, would skipping, would removing, would automating, effect of, impact of, say we, scenario, hypothetically, would save, would we save, gain if, how much faster, how much time would, what would we gain, what do we gain, would we be faster, would it be faster, how much quicker, how much sooner, how much shorter, how much better, how much longer, what happens, what would, would be without, do without, went without, go without, went straight, straight past, go straight, nobody had to, did not have to, no longer had to, no longer needed, would a, would an, would another, would more, would fewer, would automatic, pay off if, assuming, picture this, play through, try without, were done by, were created by, in half",
    skip: "skip, drop, remove, leave out, eliminate, get rid of, bypass, omit, cut out, do away with, scrap, without the, waive, straight past, past the, go past, cutting out, leaving out, leave away, no longer do, stop doing, stopped doing, without a, nobody had to do, do without, go without, abolish, abolished, dispense with, kill off",
    automate:
      "automate, automatic, automatically, automation, robot, machine, by a machine, bot, by a bot, by a robot, software, algorithm decides",
    watch:
      "set up an alert, alert, alerts, alerting, alarm me, watch, monitor, alert me, alert us, remind me, tell me when, let me know when, let me know if, warn me, keep an eye, notify me, ping me, tell me if, alarm, inform me, keep track, track, send me an alert, alert when, alert if, message me, raise an alert, give me a shout, warn us, shout if, shout when, yell if, scream if, bug me, wake me, want a warning, want an alert, give me a warning, give me a heads up, heads up, heads-up, as soon as, tell us when, tell us if, drop me a line, keep watching, keep tracking, flag to me, call me when, write me when, on the radar, supervise",
    promise:
      "help, helped, made a difference, paid off, promise, promised, turn out, turned out, did it work, did that work, kept, come true, came true, measured effect, did it help, did that help, pay off, paid off, worked out, deliver what, track record, bring anything, brought anything, effect did it have, effect has it had, effect did it really have, did it bring, has it worked, has it helped, did the change, last change, deliver the effect, live up to, what came of, what became of, in the end, actual effect, real effect, worth it, result of the change",
    connector:
      "connector, connectors, integration, api, connected, systems, external system, interface, endpoint, sap, salesforce, servicenow, jira, slack, ticket system, ticketing system, target system, connection, hooked up, hook up, other systems, link up, plugged in, write into, write to, integrated, third-party, outside systems",
    failure:
      "fail, failure, error, broken, crash, fault, failed, go wrong, went wrong, defect, mistake, blew up, blow up, crashed, went down, bombed, rejected calls, unsuccessful",
    act: "must be, has to be, have to be, needs to be, need to be, should be, escalate, notify, assign, route, block, refund, prioritise, hold, forward, flag, inform, hand over to, send to, email, open a ticket, create a ticket, expedite, auto-approve, auto approve, put on hold, move to, alert, bump, should go to, must go to, has to go to, goes to, go to the, tell the, ping the, message the, mail the, call the, page the, write to the, let the, involve, raise to, pass to, pass on to, hand to, hand over, bounce, reviewed, be reviewed, be checked, get checked, second look, sign-off by, needs approval by, bring to, kick up, sent to, log a ticket, raise a ticket, file a ticket, log an issue, raise an issue",
    approval:
      "approval, approvals, waiting for me, my inbox, inbox, sign off, sign-off, to decide, pending, need my, needs my, open proposals, on my desk, outstanding, to approve, await, awaiting, need me, needs me, for me to, requests for me, waiting on me, my attention, undecided, my queue, my plate, sign, signature, signatures, my signature, sign for, on my table, for my decision, want from me, from me, need from me, expect from me, my call, my decision, up to me, to be decided, still open, awaiting decision, to sign, to-do for me, my to-dos, open for me",
    decide:
      "approve, approved, decide, decision, reject, rejected, confirm, grant, authorise, accept, green light",
    proposal: "proposal, proposals, this change, suggested change, the change, proposed, the card",
    diff: "before and after, diff, what changes, what would change, what will change, exact change, changes exactly, change exactly, different afterwards, be different, will be different, afterwards, old and new, old against new, what is new",
    affected:
      "affected, blast radius, how many would, how much money, impacted, hit by, touch, concerned, at stake, consequence, how much would it touch, how many cases would, who is touched, reach of, scope of, how far does it reach, hit by this, what could go wrong, risk, risks, risky, danger, downside, side effects, consequences, would this concern, would that concern, would it concern, would this affect, would that affect, would it affect, would this hit, would it hit",
    undo: "undo, reverse, reversible, roll back, rollback, revert, take back, cancel later, undone, taken back, rolled back, take it back, back out, way back, way out, turn back, go back on, back to how it was, un-do, can we go back, restore the old, take that back, take this back, roll that back, roll it back, roll this back, reverse that, reverse it, revert that, revert it, undo that",
    requester:
      "who asked, who requested, who wants, requester, who proposed, asked for this, whose idea, requested this, requested by, who is asking, who came up, who came up with, who suggested, who put this in, who raised, who filed, on whose behalf, who started this, come from whom",
    expiry:
      "expire, expiry, how long do i have, when does it lapse, lapse, valid until, time left, run out, until when, by when, how much time do i have, how long can i wait, when is it too late, deadline for deciding, decide by",
    ledger:
      "ledger, audit, audit trail, who did, who approved, who decided, what happened, who released, who changed, history of decisions, activity log, decided by, executed, record of, trail, what has been done, what was done, what got done, been executed, been approved, tampered, has millwright done, have you done, did you do, who signed off, signed off, who said yes, who ok'd, decision log, decisions made, trail of decisions, track of decisions, carried out, actually done, done so far, has millwright actually done, actions were, been carried out, protocol, logbook, journal, receipts",
    cost: "cost, spend, spent, expensive, price, money, tokens, bill, usd, costs, cheap",
    health:
      "healthy, health, system status, alive, everything ok, everything okay, all systems, up and running, running fine, is broken, working properly, operational, reachable, status of the system, are you up, all good with the system, systems go, service status, database up, is down, outage, running all right, all right on your side, everything running, anything broken, outages, downtime, database, server, up right now, in good shape, system okay, any incidents on your side, working all right, feeling well",
    rework:
      "rework, repeat, repeated, redo, redone, twice, more than once, done again, self-loop, self loop, back and forth, ping-pong, ping pong, repetition, repetitions, iterate, do over, send back, sent back, do things twice, again and again, redo rate, round trip, round trips, ping ponging, over and over, second time, things twice, do it twice, do work twice, how often do we repeat",
    noise: "noise, infrequent, rare, rare paths, main flow",
    loop: "loop, loops, cycle back, circle, circular",
    count: "how many, number of, count, amount of, quantity, how often, total number, volume",
    duration:
      "how long, duration, time, takes, take, took, days, hours, minutes, how fast, how quick, how quickly, how slow, how slowly, how soon, how much time, how many days, how many hours, how many minutes, how many weeks, pace, at what speed, take us, time passes, time does it take, age",
    list: "list, show, display, which are there, what are the, available, give me, present, enumerate, name",
    import: "import, load, read in, ingest, excel serial, excel serials, timestamps are, parse, csv, xes",
    "model-file":
      "pnml, ptml, dot file, graphviz, prom, pm4py, bpmn file, vector graphic, svg, as pnml, as ptml, a file for, format that, model in a format, for other programs, export the model, export model, export the bpmn, export bpmn, export the map, export the process map, export the petri net, export the net, export the tree, export the process tree, download the model, download the bpmn, download the map, download the process map, download the petri net, download the process tree, save the model, model file, as svg, camunda, signavio, bizagi, visio, draw.io, open in another, other tool can read, another tool can read, machine-readable model, pnml of, ptml of, process model as, map as a file, model as a file",
    export:
      "export, download, save as, dmn, xlsx, pdf, send me the file, as excel, as a spreadsheet, mail me, email me, as a csv, as a file, printout, print, to powerpoint, slides",
    predict:
      "predict, prediction, forecast, expected to be late, will be late, going to be late, risk of being late, remaining time, when will, will finish, at risk, next month's, probably, most likely, is likely to, are likely to, estimate when, estimate, when it will be, going to finish, will probably, expected finish, forecasted, chance of, chances of, probability, odds, will order, will the order, will this order, will my order, will case, will the case, will this case, will it be, will they be, will ticket, will the ticket, will this ticket, will application, will the application",
    evaluate:
      "smoke suite, suite, eval, evals, evaluation, grader, graders, regression case, flaky, live score, live tier, pass rate, mutant, mutants, seed, test case, dataset with duplicate ids, per case, scorecard, expect a clarification, tool was called that was not expected, falscher zahl, test suite",
    memory:
      "remember, did i ask, did i say, i asked, forget, recall, what do you know about me, earlier conversation, last time we talked, memorise",
    delegate: "delegate, deputy, stand in, substitute, on vacation, hand my approvals, cover for me",
    credential: "credential, credentials, password, secret, token, api key, rotate, key",
    backup: "backup, back up, restore, snapshot, disaster",
    "personal-data":
      "everything about customer, erase, gdpr, personal data, delete all data, data about customer, right to be forgotten, anonymise, purge",
    unmask:
      "unmask, real name, real names, clear text, pseudonym, de-anonymise, deanonymise, reveal, decrypt, unredact, unhide, un-mask, plain text",
    person:
      "employee, employees, person, colleague, worker, workers, by name, individual, individuals, performer, performers, who is the, who are the, who works, team member, team members, clerk, clerks, agent, staff member, staff members, user, users, laziest, lazy, underperformer, underperformers, people, league table, by person, per person, per employee, per head, who on the team, coworker, coworkers, guy, guys, handler, handlers",
    team: "team, teams, department, departments, unit, group, groups, division",
    handover:
      "handover, handovers, hand-off, handoff, handoffs, hand off, hand over between, hand-over, handed over, hands over, hand over to whom, passes work on, pass work on, work passed on, change hands, changes hands, social network, collaboration network, who works with whom, work together, works together, collaborate, role, roles, job roles, organisation, organization, organisational, organizational, org chart, same kind of work, who does similar work, from one role to the next, between roles, to the next role, move between people, passed between, pass between, handed from, handed on, hand on, baton, relay, who takes over, takes over from, take over from, work mates",
    calendar:
      "business hours, working hours, business days, working days, calendar days, office hours, weekdays only, excluding weekends, calendar, without weekends",
    evidence:
      "sql, evidence, query behind, row ids, proof, prove, how did you get, how did you calculate, where does this number, where does that number, where do you get, how do you know, show your work, show the query, how was that computed, how is that calculated, come from",
    conformance:
      "conform, conforms, conformance, reference model, reference process, reference bpmn, the reference, target model, target process, compliant, compliance, to-be model, to-be process, to-be, fitness, precision, as it should be, follow the process, follow the model, stick to the process, stick to the model, official model, official process, designed process, designed model, prescribed, prescribed model, prescribed process, intended process, as designed, as modelled, by the book, adhere, adherence, the model says, as the model, the way the model, faithful, faithfully, documented process, documented model, documented procedure, blueprint, specification, specified process, as specified, as documented, norm, should-be, in line with the model, match the model, match the process, matches the model, designed, obey the model, official procedure, agreed process, violate the model",
    deviating:
      "deviation, deviations, deviate, deviates, deviating, stray, strays, straying, stray off, off the path, off the main path, off the usual path, leave the main path, leave the usual path, main paths, depart from, departs from, non-conforming, deviators, go astray, outliers, deviate from the usual, deviates from the usual, aberrant, depart from the usual, atypical, irregular, off track, unusual orders, unusual cases",
    drift:
      "drift, drifts, drifted, drifting, concept drift, change point, change points, changepoint, changepoints, turning point, turning points, break in the process, structural break, regime change, process change, process changed, the process different, is the process stable, process still stable, process stable, stable over time, way of working change, way of working changed, working changed, working shifted, shifted, turn different, turned different, became different, silently change, silently changed, procedure change, procedure changed, begin to take longer, began to take longer, start to take longer, started to take longer, same as before, same as it was, sudden change, sudden changes, suddenly change, suddenly changed, change suddenly, in how we work, change in the process, changes in the process, something change, something changed, still doing it, old way, new way of working, do things differently, done differently, work differently, differently than, no longer the same, not the same anymore, process evolve, process evolved, break point, breakpoint, breakpoints, shift in the process, shifts in the process, since when do we",
    dots: "dot, dots, dotted, dotted chart, dotted plot, dot chart, dot plot, scatter plot of the events, scatter the events, scatter plot, event as a point, each event as a point, point per event, one point per event, timeline of all events, timeline of events, timeline of the events, events over time, every event over time, events on a time axis, all events on a timeline, every single event, single event, each event, every event, individual events, all events as, dot for each",
    cluster:
      "cluster, clusters, clustering, clustered, segment the log, segment the cases, segment the orders, alike, go alike, behave alike, run alike, similar, similar behaviour, similar behavior, similar course, natural groups, families, bundle, groups of similar, types of orders, types of cases, kinds of cases, kinds of orders, partition, partitioned, resemble, resembles, resembling, look alike, of the same kind, archetype, archetypes, typology, homogeneous, fall into groups, group the orders by behaviour, group by behaviour, kinds of behaviour, types of behaviour, families of",
    unwritten:
      "unwritten, implicit, implicit rules, hidden rules, hidden rule, constraints, declare constraints, declarative, declarative constraints, declarative rules, log skeleton, skeleton, invariant, invariants, regularity, regularities, nobody wrote, wrote it down, wrote down, never written down, emerge, emerges, exclude each other, never occur together, never happen together, mutually exclusive, almost always hold, hold almost always, nearly always, almost always, without being told, rule each other out, rule out, tacit, habit, habits, unspoken, informal rules, silent rules, always hold, always holds, hold for nearly all, hold in nearly all, laws of the process, self-imposed",
    ordering:
      "ever done after, ever done before, ever happen before, ever happen after, always before, always happens before, always comes before, always done before, comes before, come before, always after, always comes after, always come after, comes after, come after, always followed by, ever before, never before, ever done without, beforehand, check the rule, check that, check whether every, rule that, is the rule broken, rule broken, rule is broken, rules are broken, violates, violate the rule, what violates, order respected, respected, verify, always do, always done, precedes, preceded by, precede, happens before, happen before, happens after, happen after, in the right order, wrong order, right sequence, out of sequence, keeps the rule, keep the rule, obey the rule, always preceded, skip ahead of, always within, each and every",
    "four-eyes":
      "four eyes, four-eyes, four-eyes rule, four eyes rule, four-eyes principle, segregation of duties, separation of duties, sod, duties, same person, the same person, one person, single person, same colleague, same employee, same hand, same hands, one and the same, anyone both, anybody both, somebody both, both of two, own request, own requests, own work, themselves, themself, self-approval, self-approved, somebody other than, someone other than, somebody else than, someone else than, different people, different person, different persons, two people, one employee, one colleague, one clerk, one user, did both, do both, does both, both done by, as well as did, independent check, own approval, approve their own, approved their own, checks their own, self-check, self-checks, incompatible duties, conflict of duties",
    repair:
      "impute, imputes, imputed, imputation, imputing, repair, repairs, repaired, mend, mends, fill in, fill in the, fill the gaps, fill the holes, fill up, filling in, plug the holes, plug the gaps, complete the blank, complete the missing, clean up, clean the log, clean the data, cleanse, cleansing, deduplicate, dedupe, remove the duplicate, remove the duplicates, remove duplicates, drop the duplicates, duplicate rows, doubled rows, double rows, merge the misspelled, merge the names, unify, unify the spelling, spelling variants, misspelled activity names, swap day and month, exchange day and month, empty cells, supply the missing, supply the absent, absent, reconstruct, infer the missing, guess the missing, estimate the missing, correct the typos, typos, typo, misspellings, correct the data, fix the data, fix the log, correct the timestamps, patch up, patch the log, tidy, tidy up",
    filter:
      "filter, filters, filtered, filtering, filter out, restrict, restricted, restriction, restrictions, narrow down, narrow the log, narrow, subset, active filters, keep only, zoom in, zoom in on, focus on, confine, limit to, limit what, conditions limit, selected cases, only look at, look only at, slice of the log, part of the log",
    "waiting-kind":
      "kind of waiting, kinds of waiting, sort of waiting, sorts of waiting, type of waiting, types of waiting, waiting made of, waiting is made of, made of, waiting by kind, by kind, batching, batch, batches, in batches, contention, resource contention, extraneous, unavailability, prioritisation, off duty, out of turn, overtaken, outside working hours, busy people, people are busy, everybody is busy, everyone is busy, queueing behind other work, waiting for people or, decompose the waiting, break the waiting down, split the waiting, on duty, nobody is on duty, nobody is there, nobody is available, not available, nobody available, waiting because of, kinds of delay, reason for waiting, reasons for waiting, waiting due to, wait for a batch, wait for a free, free colleague, waiting for a colleague, parts of waiting, components of waiting, composition of the waiting, categories of waiting, waiting by reason, waiting by cause, waiting by category",
    clock:
      "time of day, time of the day, hour of the day, hour of day, hours of the day, weekday, weekdays, on which weekday, day of the week, days of the week, weekend, weekends, over the weekend, by hour, by weekday, by weekday and hour, heat map, heatmap, heat maps, during the week, across the week, at night, during the day, in the morning, in the afternoon, mondays, tuesdays, wednesdays, thursdays, fridays, saturdays, sundays, which hours, at what hour, at which hour, part of the day, times of day, times of the day, working day, at what time, what time, day and night, before noon, after lunch, by day of the week, monday mornings, friday afternoons, mornings, afternoons, nights, night",
    load: "utilisation, utilization, occupancy, occupied, work in progress, wip, in progress, in process, in flight, backlog, backlogs, arrival, arrivals, arrival rate, arrive, completion rate, arrivals and completions, little's law, littles law, little law, steady state, queue length, queue lengths, queues over time, how long are the queues, work piling up, work pile up, keep up with, keeping up with, come in than go out, coming in than going out, open at the same time, open at once, busy, loaded, heavily loaded, overload, overloaded, pipeline, in the pipeline, queue growing, queue grow, queues grow, queue keep growing, keep growing, inflow, outflow, inflow and outflow, intake, inflow of, open cases over time, open orders over time, unfinished, run out of capacity, cope with, coping with, at capacity, full capacity, swamped, overwhelmed, under water",
    effort:
      "effort, price tag, working time goes, working hours do we, hours go into, time goes into, money goes into, hours do we burn, burn, burning, cost of, costing, expensive is, what does rework cost, time spent on, money spent on, lost in doing, bill for, money wasted, money lost, wasted on rework, hours wasted, hours lost, time wasted on, time lost to, price of, wasted effort, working time lost, hours of rework, cost of rework, cost of repeating, cost of doing, cost of loops, spend on rework, spent on rework",
    simplify: "simplify, simpler, shorten the rule, make rule",
    attribute: "attribute, attributes, column, columns, field, fields, property, characteristic",
    distribution: "distribution, histogram, spread, scatter, range of",
    fix: "fix, solve, what should we do, what can we do, do about, remedy, get better, address it, address this, sort it out, sort this out, tackle, cure, help with that, make it better, what do you recommend, recommendation, next step, change about it, improve this, do something about, get rid of that, get rid of this, change that, turn this around, what now",
    completed:
      "complete, completed, finish, finished, close, closed, done, delivered, got through, get through, processed, handle, handled, throughput, arrive, came in, come in, start, started, resolve, resolved, paid out, pay out, shipped, served",
    standing:
      "from now on, always approve, approve everything, standing approval, auto-approve everything, stop asking, always without asking, never ask again",
    cancel:
      "never mind, nevermind, withdraw, call it off, scrap that proposal, cancel the proposal, cancel that, take the proposal back, forget the proposal",
    contradict: "contradict, conflict, overlap, clash",
    setting: "set, change the, settings, configure",
    spending:
      "did the model cost, model cost, model costs, token cost, token costs, cost us in, api cost, spend on the model, tokens used, how many tokens, claude cost, claude costs, llm cost",
    stop: "stop, no more, turn off, switch off, unwatch, disable, deactivate, end the watch, do not alert, don't alert, remove the watch, remove the alert, drop the alert, stop bugging, stop telling, stop warning, stop alerting, stop watching, stop monitoring, leave me alone, no need to watch, quit, mute, silence, do not warn",
    money: "revenue, cash, value",
  },
  metrics: {
    cycle_time:
      "cycle time, lead time, throughput time, turnaround, turnaround time, end-to-end time, end to end time, total duration, processing duration, case duration, total time, time to completion, completion time, start to finish, from start to finish, end to end, how long does an order take, how long do orders take, how long does a case take, how long do cases take, how long does it take, how long do we take, how long do we need, duration, delivery time, age, resolution time, handling time, time from start to end, how fast, how quick, how quickly, how much time, from the moment, from start to end, start to end, days from, run time, running time, long does it take, take us, end-to-end",
    time_to: "time to, time until, how long until, time till, how long before, how long to reach, reach",
    waiting_time:
      "waiting time, wait time, waiting times, wait, waiting, queue time, queueing time, idle time, time in queue, waits, waited",
    throughput:
      "throughput, completed, finished, closed, get done, got done, output, completions, done per, how many did we complete, how many did we finish, orders per, cases per, tickets per, arrivals, processed, get through, done, how much did we, went through, go through, served, resolved, shipped, handled, volume, completed per",
    rework:
      "rework, rework rate, repeats, repeated, redone, repetition, repetitions, done again, done twice, more than once, loops, loop, redo, redo rate, do things twice, back and forth, again and again",
    error_rate:
      "error rate, errors, failure rate, defect rate, defects, error, failed share, failures, mistakes, go wrong",
  },
  statistics: {
    mean: "mean, average, avg, on average, averages, on the whole",
    median: "median, typical, typically, p50, 50th percentile, middle, in the middle, usual",
    p90: "p90, 90th percentile, 90 percentile, 90th, percentile 90",
    p95: "p95, 95th percentile, 95 percentile, 95th, percentile 95",
    min: "minimum, min, shortest, lowest, smallest",
    max: "maximum, longest, highest, largest",
    sum: "sum, in total, total, altogether, overall sum, summed, combined",
    count: "how many, number of, count",
    share:
      "share, percentage, percent, proportion, fraction, what part, ratio, rate, per cent, how large a part",
  },
  comparators: {
    ">": "over, more than, above, greater than, longer than, exceeds, exceed, exceeding, higher than, bigger than, larger than, beyond, >, later than, in excess of, slower than, upwards of, worth more than",
    ">=": "at least, >=, or more, no less than, minimum of, not less than, ≥",
    "<": "under, less than, below, fewer than, shorter than, lower than, smaller than, <, faster than, within, quicker than, cheaper than",
    "<=": "at most, up to, no more than, <=, or less, maximum of, max, maximum, not more than, ≤",
    "=": "exactly, equals, equal to, =, is exactly",
    "!=": "other than, different from, !=, not equal to",
  },
  exclude:
    "without, except, excluding, exclude, not, no, ignore, ignoring, leave out, leaving out, minus, but not, never, skip, skipped, skipping, omit, other than, apart from, besides, filter out, non, outside, lacking, drop, missing, take out, aren't, isn't",
  include:
    "only, just, with, for, in, from, where, through, containing, contain, include, including, that had, having, of, restricted to, limited to, among, about",
  having:
    "with, having, that had, containing, contain, through, including, include, that include, that have, went through, go through, that went through, involving",
  questions:
    "what, which, why, how, where, who, when, is, are, was, were, do, does, did, has, have, would, could, can, should, will, shall",
  groupBy:
    "by, per, each, for each, split by, broken down by, break down by, breakdown by, group by, grouped by, for every, across, split, by each, segmented by, slice by, depending on",
  versus: "versus, vs, against, compared to, compared with, relative to, than",
  rest: "the rest, others, everyone else, everything else, the others, all others, rest, the other",
  pronouns: "it, that, this, those, these, them, they, the same, one",
  superlatives:
    "worst, slowest, biggest, top, main, largest, longest, first one, most important, leading, number one, most, weakest, hardest, heaviest, narrowest",
  conjunctions: "and, then, also, plus, as well as, and then, and also, after that, afterwards",
  requests:
    "show, tell, give, list, what, which, why, how, where, who, when, draft, compare, simulate, publish, watch, fix, export, predict, draw, explain, suggest, propose, find, optimise, improve, is, are, can, does, do, did, alert, warn, then, let, make, test, check, describe, summarise, discover, also, recommend, write, create",
  choosing:
    "use, switch, switch to, take, open, change to, move to, pick, choose, work with, look at, continue with, go to, go with, that one, meant, mean",
  yesNo: "is, are, was, were, do, does, did, has, have",
  comparatives:
    "longer, slower, faster, quicker, worse, better, shorter, later, higher, lower, smoother, sooner",
  ranks:
    "rank, ranks, ranking, ranked, league, worst, best, laziest, lazy, underperformer, underperformers, leaderboard",
  picks: "who, whose, which, name, names, list, most, least, per, by, each, top",
  conditions: "if, when, whenever, every, each, all, any, unless, once",
  indefinite: "a, an",
  possessives: "our, my, your, their",
  options: {
    save: "save, save it, store it, as a new log, as a copy, keep the copy, keep the cleaned, keep the repaired, cleaned copy, repaired copy, keep it",
    "fill-resources": "missing resources, missing resource, empty resources",
    "fill-activities": "missing activities, missing activity, missing activity names",
    "fill-times": "missing timestamps, missing times, gaps in the timestamps",
    "fill-starts": "missing start times, missing starts, missing start timestamps, gaps in the starts",
    "drop-duplicates": "duplicate rows, double rows, repeated rows",
    "merge-names": "misspelled activity names, misspelt activity names, near names, similar names",
    "swap-dates": "day and month, month and day",
    "clear-na": "na values, n/a values",
    duration: "slow, slowest, longest, duration, time, slower, fastest",
    frequency: "frequent, common, often, most frequent, most common, popular, frequency",
    slowest: "slow, slowest, longest, slower, long",
    fastest: "fast, fastest, quick, quickest, shortest",
    rework: "rework, loop, repeat, twice, cases that loop",
    alpha: "alpha, alpha miner, alpha algorithm",
    split: "split miner, split mining",
    "inductive-graph": "imd, directly-follows based, inductive miner on the graph",
    "inductive-lifecycle": "imlc, with starts and completions, with lifecycle",
    "directly-follows": "directly-follows model, directly follows model, dfg model",
    inductive: "inductive, inductive miner",
    heuristics: "heuristic, heuristics, heuristics miner",
    heuristic: "heuristic, heuristics, heuristics miner",
    cost: "cost, cheap, cheaper, cheapest, lowest cost, money, expensive",
    "since-start": "relative time, since start, since the start, since case start, since each case started",
    cycle_time: "cycle time, lead time, duration, fast, speed",
    skip: "skip, didn't, did not, don't, do not, no longer, drop, remove, leave out, eliminate, omit, bypass, get rid of, scrap, waive, do away with, straight past, past the, without, nobody had to do, no longer do, do without, cut out, go without",
    automate: "automate, automatic, automatically, automated, by a robot, robot, machine, bot, by a bot",
    parallel: "parallel, in parallel, simultaneously, at the same time, concurrently",
    faster:
      "faster, halve, half as long, speed up, twice as fast, quicker, twice as quick, half the time, cut in half, shorten, reduce, accelerate, took half, takes half, in half, by half",
    "add-resource":
      "add people, people to, more people, more clerk, more clerks, extra, more resources, another clerk, one more, another person, more staff, hire, additional, second person, one more person, another colleague, extra person, extra hands, more hands, third person, another specialist, put two more",
  },
  business: {
    german: "germany",
    french: "france",
    polish: "poland",
    spanish: "spain",
    italian: "italy",
    british: "uk",
    english: "uk",
    dutch: "netherlands",
    austrian: "austria",
    swiss: "switzerland",
    american: "usa",
    chinese: "china",
    japanese: "japan",
    belgian: "belgium",
    danish: "denmark",
    swedish: "sweden",
    norwegian: "norway",
    portuguese: "portugal",
    northern: "north",
    southern: "south",
    eastern: "east",
    western: "west",
    urgent: "rush",
  },
  numbers: {
    decimal: ".",
    values: {
      one: 1,
      two: 2,
      three: 3,
      four: 4,
      five: 5,
      six: 6,
      seven: 7,
      eight: 8,
      nine: 9,
      ten: 10,
      eleven: 11,
      twelve: 12,
      fifteen: 15,
      twenty: 20,
      thirty: 30,
      fifty: 50,
      hundred: 100,
      thousand: 1000,
      dozen: 12,
      half: 0.5,
      couple: 2,
    },
    ordinals: {
      first: 1,
      second: 2,
      third: 3,
      fourth: 4,
      fifth: 5,
      sixth: 6,
      last: -1,
      "1st": 1,
      "2nd": 2,
      "3rd": 3,
      "4th": 4,
      "5th": 5,
    },
    ordinalEndings: "st, nd, rd, th",
    magnitudes: { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, mn: 1e6, bn: 1e9, billion: 1e9, hundred: 100 },
    durations: {
      s: 1,
      sec: 1,
      secs: 1,
      second: 1,
      seconds: 1,
      min: 60,
      mins: 60,
      minute: 60,
      minutes: 60,
      m: 60,
      h: 3600,
      hr: 3600,
      hrs: 3600,
      hour: 3600,
      hours: 3600,
      d: 86400,
      day: 86400,
      days: 86400,
      w: 604800,
      wk: 604800,
      week: 604800,
      weeks: 604800,
      month: 2592000,
      months: 2592000,
      year: 31536000,
      years: 31536000,
      fortnight: 1209600,
    },
    currencies: {
      $: "USD",
      usd: "USD",
      dollar: "USD",
      dollars: "USD",
      bucks: "USD",
      "€": "EUR",
      eur: "EUR",
      euro: "EUR",
      euros: "EUR",
      "£": "GBP",
      gbp: "GBP",
      pound: "GBP",
      pounds: "GBP",
      "¥": "JPY",
      jpy: "JPY",
      yen: "JPY",
      chf: "CHF",
      francs: "CHF",
      pln: "PLN",
      zloty: "PLN",
    },
    percent: "%, percent, per cent, pct",
  },
  time: {
    today: "today",
    yesterday: "yesterday",
    dayBeforeYesterday: "day before yesterday",
    last: "last, previous, prior, past, preceding",
    beforeLast: "",
    current: "this, current, the current, ongoing",
    fused: {},
    holidays: {
      easter: "easter",
      pentecost: "pentecost, whitsun",
      christmas: "christmas, xmas",
      "new-year": "new year, new year's eve, new year's",
    },
    marks: { year: "", month: "", day: "" },
    ago: "ago",
    since: "since, starting, beginning, as of, starting from, beginning with",
    before: "before, prior to, earlier than, up to",
    after: "after, later than, following",
    until: "until, till, through, up to, by the end of",
    between: "between, from",
    to: "to, and, until, till, through, -, up to",
    in: "in, during, for, of, on, over, within, throughout, from",
    of: "of, in",
    calendarWeek: "week, calendar week, kw, cw, wk, week number",
    quarters: ["q1, first quarter", "q2, second quarter", "q3, third quarter", "q4, fourth quarter"],
    halves: ["h1, first half", "h2, second half"],
    doubtful: "may, mar, march, sun, sat, mon, wed, second, dec, jan",
    articles: "the, a, an",
    units: {
      day: "day, days",
      week: "week, weeks, wk",
      month: "month, months",
      quarter: "quarter, quarters",
      year: "year, years",
    },
    months: ["", "", "", "", "", "", "", "", "sept", "", "", ""],
    weekdays: ["", "tues", "", "thurs", "", "", ""],
    recurring: "mondays, tuesdays, wednesdays, thursdays, fridays, saturdays, sundays",
    every: {
      day: "per day, daily, by day, each day, every day, day by day, a day, day over day",
      week: "per week, weekly, by week, each week, every week, week by week, a week, week over week",
      month:
        "per month, monthly, by month, each month, every month, month by month, a month, month over month",
      quarter: "per quarter, quarterly, by quarter, each quarter, every quarter, quarter by quarter",
      year: "per year, yearly, by year, each year, every year, annually, year by year, year over year",
    },
    adjectiveAfter: false,
    slashes: "month-day",
  },
  moves: {
    greeting:
      "how are you, how are you doing, how is it going, hello, hi, hey, hey there, hi there, good morning, good afternoon, good evening, morning, howdy, hello there, greetings, good day, yo, hiya",
    thanks:
      "thanks, thank you, thx, cheers, ta, great thanks, perfect, awesome, brilliant, much appreciated, nice, cool, great, well done, got it, good job, lovely, excellent, wonderful, many thanks, that helps, that helped, helpful, very helpful, good to know, appreciate it, appreciated, great help, super",
    help: "help, what can you do, what can i ask, how do i use, how does this work, what do you do, show me examples, examples, commands, menu, get started, where do i start, what are you able to, what else can you do, how can you help, what are you good for, what are you for, which questions can i put, questions can i ask, what should i ask, how do i start, what is this, what is possible, what can i do here, which questions, your abilities, your features, capabilities",
    identity:
      "who are you, what are you, are you an ai, are you a bot, are you chatgpt, are you claude, are you gpt, are you a language model, are you an llm, which model are you, what model, are you human, which llm, are you a robot, are you real, are you a person, what model are you, language model, some kind of gpt, gpt, kind of bot, is this ai, is this an ai, are you artificial, real human, robot or human, talking to a human, talking to a machine",
    "off-topic":
      "weather, joke, recipe, football, soccer, movie, song, poem, capital of, president, stock price, stocks, bitcoin, lunch, dinner, pizza, news, game, holiday destination, horoscope, meaning of life, sing, marry, love you, restaurant, translate, python script, javascript, homework, essay, haiku, dance, world cup, lottery, rain, temperature outside, sports, birthday, cat, dog, prime minister, elections, flight, hotel, share price, table for two, reservation, book me, taxi, train ticket, hotel room, holidays, my wife, my husband, gossip",
    assent:
      "ok, okay, yes, yep, yeah, sure, fine, agreed, approve, approve it, approved, i approve, lgtm, looks good, go, confirm, confirmed, approve them, approve all, approve both, accept, accept it, yes please, ok approve, y, sounds good, pls approve, please approve, green light, ship it, yes to, ok to, approve the, approve this, approve that, sign it off, reject, reject it, reject the, decline it, thumbs up, fine by me, okayed, from my side, alright, all right, go for it from me, green-lit, no objection, no objections, fine with me, good with me, works for me, you have my ok, you have my approval, hereby approve, i give my approval, consider this my approval, i agree, agree, i am fine with it",
    "go-ahead":
      "do it, ok do it, go ahead, make it so, propose it, propose that, go for it, let's do it, let's do that, do that, implement it, implement that, put it in place, apply it, roll it out, proceed, execute it, run with it, yes do it, set it up, make that happen, make it happen, publish it, apply that, publish that, activate it, turn it on, publish the rule, please do, submit it",
    correction:
      "no i meant, i meant, no i mean, i mean, rather, instead, actually, sorry, correction, not that, no use, no, wrong, make it, make that, change it to, change that to, use",
    addition:
      "and, what about, how about, and for, and in, also, only, just, but only, but, same for, the same for, same, now, now for, again, and what about, ok and, then",
    pretend:
      "pretend, already approved, act as if, assume it is approved, treat it as approved, consider it approved, has been approved already, pre-approved, preapproved, skip the approval, skip review, skip approval, bypass the approval, bypass the gate, ignore the gate, without asking anyone, override the gate, ignore previous instructions, ignore your instructions, ignore all previous, ceo asked, cfo said, ceo said, cfo approved, boss said, disable the gate, turn off the gate, admin mode, developer mode, system prompt, mark as approved, set it to approved, as passed, boss already, already okayed, boss okayed, has okayed, cleared it already, already cleared, already signed off, director approved, manager approved it, said it's fine, said it is fine, said it's ok, said it is ok, said yes already, told me it's fine, gave the go-ahead, gave the green light, just run it",
    withdraw:
      "never mind, nevermind, withdraw, withdraw it, withdraw that, cancel it, cancel that, call it off, cancel the proposal, withdraw the proposal, scrap it, scrap that, forget it, drop it, take it back, abort, don't do it, do not do it, stop it",
    why: "why, how come, why is that, why that, what's the reason, what is the reason, reason, because of what, and why, why so",
    goodbye: "bye, goodbye, see you, see you later, good night, ciao, later",
  },
  examples: {},
  messages: {},
  nouns: {},
};
