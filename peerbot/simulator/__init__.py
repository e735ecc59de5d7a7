"""A Bot API in memory: over HTTP and in-process, with people who tap and read. It never runs beside a real token.

    sim = Simulator(clock.now)                                          # simulator.py
    bot = Bot(sim.token, base_url=BASE_URL, request=HTTPXRequest(httpx_kwargs={"transport": sim.transport()}))
    ana = sim.person("Ana", language="es")                              # people.py, phone.py, members.py
    sim.settled = run_the_bot_until_it_is_quiet
    await ana.starts("code")
    ana.reads("Hola")

Every refusal, limit and expiry is the official server's, as far as it is known; where it is not, the stricter reading.
What a call may be named and take is checked against python-telegram-bot; what does not fit is in `sim.complaints`.
"""
