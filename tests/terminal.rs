//! The program on a real terminal device: entered, left, stopped, hung up, starved and shouted at.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "terminal/program.rs"]
mod program;
#[path = "terminal/session.rs"]
mod session;

use session::{Session, Shell};

const SIGNALS: [(i32, u32); 4] = [(1, 129), (2, 130), (3, 131), (15, 143)];
const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";

#[test]
fn quitting_leaves_the_terminal_as_it_was() {
    let mut session = Session::start();
    assert!(session.screen().alternate_screen() && session.screen().bracketed_paste());
    assert!(session.screen().hide_cursor());
    session.send("q");
    assert_eq!(session.exit_code(), 3);
    session.assert_restored();
    assert_eq!(session.ended(), "Quit(3)");
}

#[test]
fn a_fatal_signal_ends_with_its_code_and_restores() {
    for (signal, code) in SIGNALS {
        let mut session = Session::start();
        session.signal(signal);
        assert_eq!(session.exit_code(), code);
        session.assert_restored();
        assert_eq!(session.ended(), format!("Signal({signal})"));
    }
}

#[test]
fn ctrl_c_interrupts() {
    let mut session = Session::start();
    session.send(CTRL_C);
    assert_eq!(session.exit_code(), 130);
    session.assert_restored();
}

#[test]
fn half_a_key_never_keeps_the_program_from_ending() {
    for half in ["\x1b[<", "\x1b[?1", "\x1b[200~open", "\x1bO", "\x1b]11;"]
        .map(str::as_bytes)
        .into_iter()
        .chain([&b"\xe2"[..]])
    {
        let mut session = Session::start();
        session.send_bytes(half);
        session.signal(15);
        assert_eq!(session.exit_code(), 143, "{half:?}");
        session.assert_restored();
        let mut session = Session::start();
        session.send_bytes(half);
        session.send(CTRL_C);
        assert_eq!(session.exit_code(), 130, "{half:?}");
    }
}

#[test]
fn half_a_key_does_not_swallow_the_next_one() {
    let mut session = Session::start();
    for (moves, half) in (1..).zip(["\x1b[<", "\x1b[?1", "\x1bO", "\x1b]11;"]) {
        session.send(half);
        session.wait_until_silent();
        session.send("j");
        session.wait_for(&format!("row {moves} of"));
    }
    session.send("\x1b");
    session.wait_for("Esc");
    session.send("\x1b[B");
    session.wait_for("row 5 of");
}

#[test]
fn a_program_that_is_stuck_is_ended_by_the_watchdog() {
    let mut session = Session::start();
    session.send("s");
    session.wait_until("it is stuck", |session| session.ended() == "stuck");
    session.send(CTRL_C);
    assert_eq!(session.exit_code(), 130);
    session.assert_restored();
    assert_eq!(session.ended(), "stuck", "it was stuck, so it could not say goodbye");
}

#[test]
fn a_panic_shows_its_message_on_the_restored_screen() {
    for key in ["p", "t"] {
        let mut session = Session::start();
        session.send(key);
        assert_eq!(session.exit_code(), 101, "{key}");
        session.wait_for("it was the test");
        session.assert_restored();
    }
}

#[test]
fn a_terminal_that_hangs_up_ends_the_program() {
    let session = Session::start();
    assert_eq!(session.hang_up(), (129, true));
}

#[test]
fn a_peer_that_stops_reading_cannot_keep_the_program_alive() {
    for (signal, code) in SIGNALS {
        let mut session = Session::start();
        session.stop_reading();
        session.resize(500, 200);
        for _ in 0..20 {
            session.send("f");
        }
        session.signal(signal);
        assert_eq!(session.exit_code(), code);
        session.read_again();
        session.assert_restored();
    }
}

#[test]
fn a_link_that_was_busy_shows_the_newest_state_and_no_queue_of_frames() {
    let mut session = Session::start();
    session.stop_reading();
    session.resize(300, 100);
    for _ in 0..300 {
        session.send("f");
    }
    session.send("j");
    session.read_again();
    session.wait_for("row 1 of");
    session.wait_for("flood 300");
    let frames = session.count("\x1b[?2026h");
    assert!(frames < 150, "{frames} frames for 302 events");
}

#[test]
fn a_held_key_costs_a_few_frames_and_not_one_each() {
    let mut session = Session::start();
    let before = session.count("\x1b[?2026h");
    session.send(&"j".repeat(50));
    session.wait_for("row 50 of");
    let frames = session.count("\x1b[?2026h") - before;
    assert!(frames <= 5, "{frames} frames for 50 keys in one write");
}

#[test]
fn moving_in_a_full_list_writes_few_bytes_and_moving_nowhere_writes_none() {
    let mut session = Session::start();
    session.wait_until_silent();
    let before = session.written();
    session.send("j");
    session.wait_for("row 1 of");
    session.wait_until_silent();
    let bytes = session.written() - before;
    assert!(bytes <= 420, "{bytes} bytes for one move");
    let before = session.written();
    session.send("r");
    session.wait_until_silent();
    assert_eq!(session.written(), before, "a frame like the last one");
}

#[test]
fn an_idle_program_wakes_nobody_and_writes_nothing() {
    let session = Session::start();
    // Waits for half a second without a wake-up of any thread; a program with a clock in it never has one.
    session.wait_until_idle();
    let before = session.written();
    session.wait_until_idle();
    assert_eq!(session.written(), before);
}

#[test]
fn a_storm_of_resizes_ends_in_a_whole_picture() {
    let mut session = Session::start();
    for round in 0..20 {
        for (width, height) in [(1, 1), (0, 0), (500, 200), (40, 12), (2, 50), (80, 24), (200, 1)] {
            session.resize(width, height + round % 2);
        }
    }
    session.resize(90, 20);
    session.wait_for("90x20");
    session.wait_for("item 18");
    session.send("q");
    assert_eq!(session.exit_code(), 3);
    session.assert_restored();
}

#[test]
fn a_paste_arrives_whole_and_is_no_command() {
    let mut session = Session::start();
    session.send("\x1b[200~quit\nthe q\x1b[201~");
    session.wait_for("pasted 10");
    session.send(&format!("\x1b[200~{}\x1b[201~", "x".repeat((1 << 20) + 5)));
    session.wait_for("pasted 1048576 cut");
}

#[test]
fn the_mouse_is_off_until_asked_for_and_given_back() {
    let mut session = Session::start();
    assert_eq!(session.count("\x1b[?100"), 0);
    session.send("m");
    session.wait_until("the mouse is on", |session| session.count("\x1b[?1002h\x1b[?1006h") == 1);
    session.send("\x1b[<0;5;7M");
    session.wait_for("mouse 4 6");
    session.send("q");
    assert_eq!(session.exit_code(), 3);
    session.assert_restored();
    assert_eq!(session.count("\x1b[?1002l\x1b[?1006l"), 1);
}

#[test]
fn the_terminal_is_asked_nothing_on_the_way_in_and_later_only_how_far_it_has_come() {
    let mut session = Session::start();
    session.wait_until_silent();
    assert_eq!(session.count("\x1b[5n"), 0);
    for moves in 1..20 {
        session.send("j");
        session.wait_for(&format!("row {moves} of"));
    }
    session.send("mq");
    session.exit_code();
    for query in ["\x1b[c", "\x1b[6n", "\x1b]10;?", "\x1b]11;?", "\x1b[?u", "\x1b[>", "$p", "+q"] {
        assert_eq!(session.count(query), 0, "{query:?}");
    }
    assert_eq!(session.count("\x1b[5n"), 1, "one that does not answer is asked once");
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_back() {
    let mut shell = Shell::start("read line; echo \"the shell read $line\"; read line; fg");
    shell.send("j");
    shell.wait_for("row 1 of");
    shell.send(CTRL_Z);
    shell.wait_until("the ordinary screen", |session| !session.screen().alternate_screen());
    shell.wait_until("the modes of the shell", Session::has_shell_modes);
    assert!(!shell.screen().hide_cursor() && !shell.screen().bracketed_paste());
    shell.send("echo\r");
    shell.wait_for("the shell read echo");
    shell.send("\r");
    shell.wait_until("the other screen", |session| session.screen().alternate_screen());
    shell.wait_for("row 1 of");
    shell.send("j");
    shell.wait_for("row 2 of");
    shell.send("q");
    shell.wait_for("ended with 3");
    shell.assert_restored();
}

#[test]
fn a_program_in_the_background_leaves_the_terminal_alone() {
    let mut shell = Shell::start("bg; read line; echo \"the shell read $line\"; read line; fg");
    shell.send(CTRL_Z);
    shell.wait_until("the ordinary screen", |session| !session.screen().alternate_screen());
    shell.wait_until("the modes of the shell", Session::has_shell_modes);
    shell.send("mine\r");
    shell.wait_for("the shell read mine");
    assert!(!shell.screen().alternate_screen());
    shell.send("\r");
    shell.wait_until("the other screen", |session| session.screen().alternate_screen());
    shell.send("j");
    shell.wait_for("row 1 of");
    shell.send("q");
    shell.wait_for("ended with 3");
    shell.assert_restored();
}

#[test]
fn ctrl_z_without_a_shell_to_return_to_stops_nothing() {
    let mut session = Session::start();
    session.send(CTRL_Z);
    session.wait_until("entered again", |session| session.count("\x1b[?1049h") == 2);
    session.send("j");
    session.wait_for("row 1 of");
}

#[test]
fn a_program_stopped_from_outside_draws_itself_anew_when_continued() {
    let mut session = Session::start();
    session.signal(19);
    session.signal(18);
    session.wait_until("entered again", |session| session.count("\x1b[?1049h") == 2);
    session.send("j");
    session.wait_for("row 1 of");
}

#[test]
fn a_program_run_from_inside_has_the_terminal_for_itself() {
    let mut session = Session::start();
    session.send("o");
    session.wait_for("somebody else");
    assert!(!session.screen().alternate_screen() && session.has_shell_modes());
    session.send(CTRL_C);
    session.send("a line\r");
    session.wait_until("the line was read", |session| session.count("heard a line") == 1);
    session.wait_for("row 0 of");
    session.send("j");
    session.wait_for("row 1 of");
    session.send("q");
    assert_eq!(session.exit_code(), 3);
    session.assert_restored();
}

#[test]
fn messages_posted_at_once_are_in_the_first_frame() {
    let session = Session::start();
    let first = session.first_frame();
    assert!(first.contains("posted 1"), "{first:?}");
}

#[test]
fn a_terminal_that_cannot_move_its_cursor_is_refused() {
    let found = visavis::terminal::Terminal::open(Some("dumb"));
    assert!(matches!(found, Err(visavis::terminal::OpenError::Dumb)));
}
